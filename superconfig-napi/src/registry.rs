//! Registries.

use napi::bindgen_prelude::External;
use napi_derive::napi;
use superconfig::{ConfigRegistry, RegistryStats, Value};

use crate::convert::{Encoded, to_js};

/// A registry of its own, or the one of all handles that are not built for another.
#[napi]
pub fn registry(own: bool) -> External<ConfigRegistry> {
    External::new(if own { ConfigRegistry::new() } else { ConfigRegistry::global() })
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
