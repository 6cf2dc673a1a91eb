//! Which host names may stand for a public address at all. What they resolve to is checked as well.

/// Names that belong to this machine, its network or a cluster, with everything below them: RFC 6761, 6762, 8375 and common practice.
const LOCAL: &[&str] = &["localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "arpa", "svc", "onion", "test", "invalid"];

/// Returns true if a name may be looked up: it has a dot inside, and no part of it says that it is local.
pub(crate) fn may_be_public(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    if name.is_empty() || name.split('.').any(str::is_empty) || !name.contains('.') {
        return false;
    }
    !LOCAL.iter().any(|local| name.strip_suffix(local).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::may_be_public;

    #[test]
    fn local_names_are_refused_before_they_are_looked_up() {
        for name in [
            "localhost", "LOCALHOST", "localhost.", "foo.localhost", "ip6-localhost", "localhost.localdomain", "printer.local", "db.internal",
            "metadata.google.internal", "metadata", "redis", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
            "router.home.arpa", "1.0.0.127.in-addr.arpa", "", ".", "..", "a..b", ".example.com",
        ] {
            assert!(!may_be_public(name), "{name}");
        }
        for name in ["example.com", "example.com.", "xn--bcher-kva.example", "fe80.example.com", "10.example.com", "localhost.example.com", "internal.example.com"] {
            assert!(may_be_public(name), "{name}");
        }
    }
}
