//! Figures for the recorder that a program has installed (feature `metrics`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};
use superconfig::{ConfigRegistry, Format, SuperConfig};

#[derive(SuperConfig)]
struct Metered {
    #[config(default = 80)]
    port: u16,
}

/// Keeps the sum of each counter, and how many values each histogram got.
#[derive(Default, Clone)]
struct Notes(Arc<Mutex<BTreeMap<String, u64>>>);

struct Note(Notes, String);

impl Note {
    fn add(&self, value: u64) {
        *self.0.0.lock().expect("no panic").entry(self.1.clone()).or_default() += value;
    }
}

impl CounterFn for Note {
    fn increment(&self, value: u64) {
        self.add(value);
    }

    fn absolute(&self, _: u64) {
        panic!("counters are counted up");
    }
}

impl HistogramFn for Note {
    fn record(&self, value: f64) {
        assert!((0.0..600.0).contains(&value), "{value} are no seconds of a loading");
        self.add(1);
    }
}

impl Notes {
    fn note(&self, key: &Key) -> Arc<Note> {
        let labels: Vec<_> = key.labels().map(|l| format!("{}={}", l.key(), l.value())).collect();
        Arc::new(Note(self.clone(), format!("{}{{{}}}", key.name(), labels.join(","))))
    }

    fn take(&self) -> Vec<String> {
        let notes = std::mem::take(&mut *self.0.lock().expect("no panic"));
        notes.iter().map(|(name, value)| format!("{name} {value}")).collect()
    }
}

impl Recorder for Notes {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.note(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        panic!("there are no gauges");
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.note(key))
    }
}

#[test]
fn loads_reloads_and_updates_are_told() {
    let notes = Notes::default();
    let registry = ConfigRegistry::new();
    metrics::with_local_recorder(&notes, || {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("app.toml");
        std::fs::write(&file, "port = 8080").expect("ours");
        let settings = SuperConfig::<Metered>::new().with_file(&file).build_in(&registry);
        let settings = settings.expect("valid");
        assert_eq!(
            notes.take(),
            [
                "superconfig_files_total{config=Metered,from=cache} 0",
                "superconfig_files_total{config=Metered,from=disk} 1",
                "superconfig_load_duration_seconds{config=Metered} 1",
                "superconfig_loads_total{config=Metered,outcome=ok} 1",
                "superconfig_step_duration_seconds{config=Metered,step=decode} 1",
                "superconfig_step_duration_seconds{config=Metered,step=merge} 1",
                "superconfig_step_duration_seconds{config=Metered,step=read} 1",
                "superconfig_step_duration_seconds{config=Metered,step=resolve} 1",
                "superconfig_text_bytes_total{config=Metered} 11",
            ]
        );
        let counts = || {
            let mut notes = notes.take();
            notes.retain(|note| note.contains("outcome"));
            notes
        };
        settings.reload().expect("valid");
        assert_eq!(counts(), ["superconfig_reloads_total{config=Metered,outcome=ok} 1"]);
        std::fs::write(&file, "port = 'none'").expect("ours");
        settings.reload().expect_err("no number");
        assert_eq!(counts(), ["superconfig_reloads_total{config=Metered,outcome=failed} 1"]);
        registry.update(settings.id(), |old| Metered { port: old.port + 1 }).expect("valid");
        assert_eq!(counts(), ["superconfig_updates_total{config=Metered,outcome=ok} 1"]);
        let broken = SuperConfig::<Metered>::new().with_text(Format::Toml, "port = -1");
        assert!(broken.extract().is_err());
        assert_eq!(counts(), ["superconfig_loads_total{config=Metered,outcome=failed} 1"]);
    });
}

#[test]
fn a_lease_that_is_over_is_told() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let notes = Notes::default();
    let now = Arc::new(AtomicU64::new(0));
    let clock = Arc::clone(&now);
    let seconds = move || std::time::Duration::from_secs(clock.load(Ordering::Relaxed));
    let registry = ConfigRegistry::with_clock(seconds);
    let id = registry.insert(Metered { port: 1 }).map(|handle| {
        registry.lease(handle.id()).expect("it is there");
        handle.id()
    });
    now.store(100_000, Ordering::Relaxed);
    metrics::with_local_recorder(&notes, || assert_eq!(registry.sweep(), 1));
    assert_eq!(notes.take(), ["superconfig_leases_expired_total{} 1"]);
    assert!(registry.get(id.expect("valid")).is_err());
}
