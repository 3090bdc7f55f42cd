//! A struct, and everything it needs, inside a function.
use superconfig::SuperConfig;

fn main() {
    const PORT: u16 = 8080;
    fn check(_: &u16) -> Result<(), String> {
        Ok(())
    }

    #[derive(SuperConfig)]
    #[config(app = "orders", env_prefix = "ORDERS")]
    #[allow(dead_code)]
    struct Settings {
        #[config(default = PORT, validate = check)]
        port: u16,
        #[config(nested)]
        inner: Inner,
    }

    #[derive(SuperConfig)]
    #[allow(dead_code)]
    struct Inner {
        name: String,
    }

    assert_eq!(<Settings as superconfig::Config>::SCHEMA.fields().len(), 2);
}
