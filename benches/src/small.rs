//! 12 settings in 2 levels, one file, 5 variables of 60: what a small program has.

settings! {
    elements {}
    Settings {
        value app_name: String, "APP_APP_NAME";
        value debug: bool, "APP_DEBUG";
        value workers: u64, "APP_WORKERS";
        value log_level: String, "APP_LOG_LEVEL";
        inside server: Server;
        inside database: Database;
    }
    Server {
        value host: String, "APP_SERVER__HOST";
        value port: u64, "APP_SERVER__PORT";
        value timeout_ms: u64, "APP_SERVER__TIMEOUT_MS";
        value tls: bool, "APP_SERVER__TLS";
    }
    Database {
        value url: String, "APP_DATABASE__URL";
        value pool_size: u64, "APP_DATABASE__POOL_SIZE";
        value min_idle: u64, "APP_DATABASE__MIN_IDLE" = 2;
        value timeout_ms: u64, "APP_DATABASE__TIMEOUT_MS" = 3000;
    }
}
