//! What is told to the recorder of the program, by the facade of the crate `metrics`. Without the
//! feature of that name nothing is told, and nothing is here that costs anything.
//!
//! `docs/GUIDE.md` lists the names; they are part of what users rely on.

/// What is counted, each by whether it went well.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event {
    Load,
    Reload,
    Update,
}

/// Whether each loading is told, with the time that its steps took.
pub(crate) const METERED: bool = cfg!(feature = "metrics");

#[cfg(feature = "metrics")]
mod told {
    use metrics::{counter, histogram};

    use super::Event;
    use crate::load::Journal;
    use crate::meter::LoadMetrics;

    impl Event {
        fn name(self) -> &'static str {
            match self {
                Self::Load => "superconfig_loads_total",
                Self::Reload => "superconfig_reloads_total",
                Self::Update => "superconfig_updates_total",
            }
        }
    }

    pub(crate) fn event(event: Event, config: &'static str, succeeded: bool) {
        let outcome = if succeeded { "ok" } else { "failed" };
        counter!(event.name(), "config" => config, "outcome" => outcome).increment(1);
    }

    pub(crate) fn expired(count: usize) {
        counter!("superconfig_leases_expired_total").increment(count as u64);
    }

    pub(crate) fn loading(config: &'static str, journal: &Journal) {
        let all = LoadMetrics::of(journal);
        histogram!("superconfig_load_duration_seconds", "config" => config).record(all.duration);
        let steps = [
            ("read", all.read()),
            ("decode", all.decode()),
            ("merge", all.merge()),
            ("resolve", all.resolve),
        ];
        for (step, time) in steps {
            let name = "superconfig_step_duration_seconds";
            histogram!(name, "config" => config, "step" => step).record(time);
        }
        counter!("superconfig_text_bytes_total", "config" => config).increment(all.bytes());
        let cached = all.cached();
        let read = (all.files() - cached) as u64;
        let name = "superconfig_files_total";
        counter!(name, "config" => config, "from" => "disk").increment(read);
        counter!(name, "config" => config, "from" => "cache").increment(cached as u64);
    }
}

#[cfg(not(feature = "metrics"))]
mod told {
    use super::Event;
    use crate::load::Journal;

    pub(crate) fn event(_: Event, _: &'static str, _: bool) {}

    pub(crate) fn expired(_: usize) {}

    pub(crate) fn loading(_: &'static str, _: &Journal) {}
}

pub(crate) use told::{event, expired, loading};
