//! Host names that can't stand for a public address. The addresses of all other names are checked when they are looked up.

/// Names of this machine, its network or a cluster, with everything below them: RFC 6761, 6762, 7686, 8375 and common practice.
/// `arpa` covers home networks and reverse look-ups.
const LOCAL: &[&str] = &["localhost", "localdomain", "local", "internal", "intranet", "lan", "arpa", "svc", "onion", "invalid"];

/// Returns true if a name may be looked up: it has several labels, and the last one is not local. Expects the parser's lower case.
pub(crate) fn may_be_public(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    // A single label would be completed by the machine's search list.
    name.rsplit_once('.').is_some_and(|(_, last)| !LOCAL.contains(&last)) && !name.split('.').any(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::may_be_public;

    #[test]
    fn local_names_are_refused_before_they_are_looked_up() {
        for name in [
            "localhost",
            "localhost.",
            "foo.localhost",
            "ip6-localhost",
            "localhost.localdomain",
            "printer.local",
            "db.internal",
            "db.internal.",
            "metadata.google.internal",
            "metadata",
            "redis",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
            "router.home.arpa",
            "1.0.0.127.in-addr.arpa",
            "",
            ".",
            "..",
            "a..b",
            "example.com..",
            ".example.com",
        ] {
            assert!(!may_be_public(name), "{name}");
        }
    }

    #[test]
    fn public_names_may_hold_the_words() {
        for name in ["example.com", "example.com.", "xn--bcher-kva.example", "10.example.com", "localhost.example.com", "internal.dev"] {
            assert!(may_be_public(name), "{name}");
        }
    }
}
