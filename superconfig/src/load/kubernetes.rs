//! Variables that nobody wrote: Kubernetes tells every pod of the services around it. For a service
//! `orders` it sets `ORDERS_PORT=tcp://10.0.0.1:80`, `ORDERS_SERVICE_HOST` and more, which a program
//! with the prefix `ORDERS` takes for its own.

/// What to do about such a variable.
pub(super) const CURE: &str = "Kubernetes sets it for a service of that name; `enableServiceLinks: false` in the pod's spec turns this off, or take a prefix that no service has";

/// Whether a value is the address of a service.
pub(super) fn is_address(value: &str) -> bool {
    ["tcp://", "udp://", "sctp://"].iter().any(|scheme| value.starts_with(scheme))
}

/// Whether a name is one of those that are set for a service.
pub(super) fn is_link(name: &str) -> bool {
    if name.ends_with("_SERVICE_HOST")
        || name.ends_with("_SERVICE_PORT")
        || name.contains("_SERVICE_PORT_")
    {
        return true;
    }
    // ORDERS_PORT_80_TCP, and the same with _PROTO, _PORT or _ADDR.
    let Some((_, rest)) = name.split_once("_PORT_") else { return false };
    let mut parts = rest.split('_');
    let number = parts.next().is_some_and(|part| part.parse::<u16>().is_ok());
    let protocol = parts.next().is_some_and(|part| ["TCP", "UDP", "SCTP"].contains(&part));
    let what = parts.next().is_none_or(|part| ["PROTO", "PORT", "ADDR"].contains(&part));
    number && protocol && what && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variables_of_a_service_are_known() {
        for name in [
            "ORDERS_SERVICE_HOST",
            "ORDERS_SERVICE_PORT",
            "ORDERS_SERVICE_PORT_HTTP",
            "ORDERS_PORT_80_TCP",
            "ORDERS_PORT_80_TCP_PROTO",
            "ORDERS_DB_PORT_53_UDP_ADDR",
        ] {
            assert!(is_link(name), "{name}");
        }
        for name in ["ORDERS_PORT", "ORDERS_PORT_X_TCP", "ORDERS_PORT_80", "ORDERS_PORT_80_TCP_X"] {
            assert!(!is_link(name), "{name}");
        }
        assert!(is_address("tcp://10.0.0.1:80"));
        assert!(!is_address("http://10.0.0.1:80"));
    }
}
