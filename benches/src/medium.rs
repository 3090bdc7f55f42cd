//! About 80 settings in 4 levels with lists, maps and a map of structs, three layered files, 15
//! variables of 150: what a service has.

settings! {
    elements {
        HttpClient {
            base_url: String,
            timeout_ms: u64,
            retries: u64,
            enabled: bool,
            headers: BTreeMap<String, String>,
        }
    }
    Settings {
        value app_name: String, "APP_APP_NAME";
        value environment: String, "APP_ENVIRONMENT";
        value debug: bool, "APP_DEBUG";
        value instance_id: u64, "APP_INSTANCE_ID";
        value workers: u64, "APP_WORKERS";
        whole features: Vec<String>;
        inside server: Server;
        inside database: Database;
        inside redis: Redis;
        inside logging: Logging;
        inside auth: Auth;
        inside metrics: Metrics;
        each http_clients: BTreeMap<String, HttpClient>;
    }
    Server {
        value host: String, "APP_SERVER__HOST";
        value port: u64, "APP_SERVER__PORT";
        value base_path: String, "APP_SERVER__BASE_PATH";
        value keep_alive_secs: u64, "APP_SERVER__KEEP_ALIVE_SECS";
        inside tls: Tls;
        inside timeouts: Timeouts;
        inside limits: Limits;
        inside cors: Cors;
    }
    Tls {
        value enabled: bool, "APP_SERVER__TLS__ENABLED";
        value cert_path: String, "APP_SERVER__TLS__CERT_PATH";
        value key_path: String, "APP_SERVER__TLS__KEY_PATH";
        value min_version: String, "APP_SERVER__TLS__MIN_VERSION";
        whole ciphers: Vec<String>;
        inside client_auth: ClientAuth;
    }
    ClientAuth {
        value required: bool, "APP_SERVER__TLS__CLIENT_AUTH__REQUIRED";
        value ca_path: String, "APP_SERVER__TLS__CLIENT_AUTH__CA_PATH";
        value depth: u64, "APP_SERVER__TLS__CLIENT_AUTH__DEPTH";
    }
    Timeouts {
        value read_ms: u64, "APP_SERVER__TIMEOUTS__READ_MS";
        value write_ms: u64, "APP_SERVER__TIMEOUTS__WRITE_MS";
        value idle_ms: u64, "APP_SERVER__TIMEOUTS__IDLE_MS";
        value shutdown_ms: u64, "APP_SERVER__TIMEOUTS__SHUTDOWN_MS" = 10000;
    }
    Limits {
        value max_connections: u64, "APP_SERVER__LIMITS__MAX_CONNECTIONS";
        value max_body_bytes: u64, "APP_SERVER__LIMITS__MAX_BODY_BYTES";
        value max_header_bytes: u64, "APP_SERVER__LIMITS__MAX_HEADER_BYTES" = 16384;
        inside rate: Rate;
    }
    Rate {
        value rps: f64, "APP_SERVER__LIMITS__RATE__RPS";
        value burst: u64, "APP_SERVER__LIMITS__RATE__BURST";
        value enabled: bool, "APP_SERVER__LIMITS__RATE__ENABLED";
    }
    Cors {
        value enabled: bool, "APP_SERVER__CORS__ENABLED";
        value max_age: u64, "APP_SERVER__CORS__MAX_AGE";
        whole origins: Vec<String>;
        whole methods: Vec<String>;
    }
    Database {
        value url: String, "APP_DATABASE__URL";
        value username: String, "APP_DATABASE__USERNAME";
        value password: String, "APP_DATABASE__PASSWORD";
        value schema: String, "APP_DATABASE__SCHEMA";
        value ssl_mode: String, "APP_DATABASE__SSL_MODE";
        value statement_cache: u64, "APP_DATABASE__STATEMENT_CACHE";
        value log_statements: bool, "APP_DATABASE__LOG_STATEMENTS";
        whole replicas: Vec<String>;
        inside pool: Pool;
        inside retry: Retry;
    }
    Pool {
        value min: u64, "APP_DATABASE__POOL__MIN";
        value max: u64, "APP_DATABASE__POOL__MAX";
        value acquire_timeout_ms: u64, "APP_DATABASE__POOL__ACQUIRE_TIMEOUT_MS";
        value idle_timeout_ms: u64, "APP_DATABASE__POOL__IDLE_TIMEOUT_MS";
        value max_lifetime_ms: u64, "APP_DATABASE__POOL__MAX_LIFETIME_MS";
        value test_on_acquire: bool, "APP_DATABASE__POOL__TEST_ON_ACQUIRE" = true;
    }
    Retry {
        value attempts: u64, "APP_DATABASE__RETRY__ATTEMPTS";
        value base_ms: u64, "APP_DATABASE__RETRY__BASE_MS";
        value max_ms: u64, "APP_DATABASE__RETRY__MAX_MS";
        value jitter: f64, "APP_DATABASE__RETRY__JITTER";
    }
    Redis {
        value url: String, "APP_REDIS__URL";
        value db: u64, "APP_REDIS__DB";
        value pool_size: u64, "APP_REDIS__POOL_SIZE";
        value prefix: String, "APP_REDIS__PREFIX";
        value ttl_secs: u64, "APP_REDIS__TTL_SECS";
        inside sentinel: Sentinel;
    }
    Sentinel {
        value enabled: bool, "APP_REDIS__SENTINEL__ENABLED";
        value master: String, "APP_REDIS__SENTINEL__MASTER";
        whole nodes: Vec<String>;
    }
    Logging {
        value level: String, "APP_LOGGING__LEVEL";
        value format: String, "APP_LOGGING__FORMAT";
        value ansi: bool, "APP_LOGGING__ANSI";
        whole targets: BTreeMap<String, String>;
        inside file: LogFile;
    }
    LogFile {
        value path: String, "APP_LOGGING__FILE__PATH";
        value rotate: String, "APP_LOGGING__FILE__ROTATE";
        value max_size_mb: u64, "APP_LOGGING__FILE__MAX_SIZE_MB";
        value keep: u64, "APP_LOGGING__FILE__KEEP";
    }
    Auth {
        inside jwt: Jwt;
        inside session: Session;
        inside oauth: Oauth;
    }
    Jwt {
        value issuer: String, "APP_AUTH__JWT__ISSUER";
        value audience: String, "APP_AUTH__JWT__AUDIENCE";
        value secret: String, "APP_AUTH__JWT__SECRET";
        value ttl_secs: u64, "APP_AUTH__JWT__TTL_SECS";
        value leeway_secs: u64, "APP_AUTH__JWT__LEEWAY_SECS";
        whole algorithms: Vec<String>;
    }
    Session {
        value cookie: String, "APP_AUTH__SESSION__COOKIE";
        value secure: bool, "APP_AUTH__SESSION__SECURE";
        value same_site: String, "APP_AUTH__SESSION__SAME_SITE";
        value max_age_secs: u64, "APP_AUTH__SESSION__MAX_AGE_SECS";
    }
    Oauth {
        value client_id: String, "APP_AUTH__OAUTH__CLIENT_ID";
        value client_secret: String, "APP_AUTH__OAUTH__CLIENT_SECRET";
        value redirect_url: String, "APP_AUTH__OAUTH__REDIRECT_URL";
        whole scopes: Vec<String>;
    }
    Metrics {
        value enabled: bool, "APP_METRICS__ENABLED";
        value path: String, "APP_METRICS__PATH";
        value port: u64, "APP_METRICS__PORT";
        whole buckets: Vec<f64>;
    }
}
