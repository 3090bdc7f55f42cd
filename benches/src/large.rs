//! 800 routes in a list and 200 services in a map, 5,000 lines, two layers, 3 variables of 60.

settings! {
    elements {
        Route { path: String, method: String, handler: String, timeout_ms: u64 }
        Service { url: String, weight: u64, enabled: bool }
    }
    Settings {
        value name: String, "APP_NAME";
        value version: u64, "APP_VERSION";
        whole tags: Vec<String>;
        inside defaults: Defaults;
        each routes: Vec<Route>;
        each services: BTreeMap<String, Service>;
    }
    Defaults {
        value timeout_ms: u64, "APP_DEFAULTS__TIMEOUT_MS";
        value retries: u64, "APP_DEFAULTS__RETRIES";
        value log: String, "APP_DEFAULTS__LOG";
    }
}
