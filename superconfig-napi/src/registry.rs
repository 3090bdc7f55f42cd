//! Registries.

use std::time::Duration;

use napi::Result;
use napi::bindgen_prelude::{BigInt, External};
use napi_derive::napi;
use superconfig::{ConfigError, ConfigRegistry, HandleId, RegistryStats, Value};

use crate::convert::{Encoded, to_js, unexpected};
use crate::handle::Handle;
use crate::told;

/// A registry of its own, or the one of all handles that are not built for another.
#[napi]
pub fn registry(own: bool) -> External<ConfigRegistry> {
    External::new(if own { ConfigRegistry::new() } else { ConfigRegistry::global() })
}

/// The number of a handle.
#[napi]
pub fn id(handle: &External<Handle>) -> BigInt {
    handle.id().to_bits().into()
}

#[napi]
pub fn get(registry: &External<ConfigRegistry>, id: BigInt) -> Result<External<Handle>> {
    of_id(registry, &id, ConfigRegistry::get).map(External::new)
}

/// Takes the entry of a handle away, and gives the handle.
#[napi]
pub fn remove(registry: &External<ConfigRegistry>, id: BigInt) -> Result<External<Handle>> {
    of_id(registry, &id, ConfigRegistry::remove).map(External::new)
}

#[napi]
pub fn has(registry: &External<ConfigRegistry>, id: BigInt) -> bool {
    HandleId::<Value>::from_bits(bits(&id)).is_some_and(|id| registry.contains(id))
}

/// Keeps the configuration of an id until nobody has asked for it for a while.
#[napi]
pub fn lease(registry: &External<ConfigRegistry>, id: BigInt) -> Result<()> {
    of_id(registry, &id, ConfigRegistry::lease)
}

/// Says how many milliseconds a lease lasts that nobody uses.
#[napi]
pub fn expire_after(registry: &External<ConfigRegistry>, idle: f64) -> Result<()> {
    let idle = Duration::try_from_secs_f64(idle / 1000.0);
    registry.expire_after(idle.map_err(|_| unexpected("that is no time"))?);
    Ok(())
}

/// Ends the leases that nobody has used for too long, and says how many configurations are gone.
#[napi]
#[allow(clippy::cast_precision_loss)] // nobody has that many
pub fn sweep(registry: &External<ConfigRegistry>) -> f64 {
    registry.sweep() as f64
}

/// Does something with the handle of a number, which is checked first.
fn of_id<R>(
    registry: &ConfigRegistry,
    id: &BigInt,
    act: fn(&ConfigRegistry, HandleId<Value>) -> std::result::Result<R, ConfigError>,
) -> Result<R> {
    let found = registry.check(bits(id)).and_then(|id| act(registry, id));
    found.map_err(|error| told::failure(&error))
}

/// `lib/` gives numbers of 64 bits without a sign.
fn bits(id: &BigInt) -> u64 {
    id.get_u64().1
}

#[napi]
pub fn stats(registry: &External<ConfigRegistry>) -> Encoded {
    to_js(&described(&registry.stats()))
}

fn described(stats: &RegistryStats) -> Value {
    let size = |size: usize| Value::Integer(size as i128);
    Value::table([
        ("totalHandles", size(stats.total_handles)),
        ("activeHandles", size(stats.active_handles)),
        ("leasedHandles", size(stats.leased_handles)),
        ("memoryUsageBytes", size(stats.memory_usage_bytes)),
        ("cacheHitRate", stats.cache_hit_rate.into()),
        ("hits", stats.hits.into()),
        ("misses", stats.misses.into()),
        ("cachedTexts", size(stats.cached_texts)),
        ("cachedBytes", size(stats.cached_bytes)),
        ("textHitRate", stats.text_hit_rate.into()),
        ("textHits", stats.text_hits.into()),
        ("textMisses", stats.text_misses.into()),
        ("loads", stats.loads.into()),
        ("updates", stats.updates.into()),
        ("reloads", stats.reloads.into()),
        ("failures", stats.failures.into()),
        ("expired", stats.expired.into()),
    ])
}

/// Forgets the texts of files that are kept for loadings to come.
#[napi]
pub fn clear_cache(registry: &External<ConfigRegistry>) {
    registry.clear_cache();
}
