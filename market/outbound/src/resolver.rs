//! The resolver: a name is looked up once, every address of the answer is checked, and a checked one is connected to.

use super::client::Policy;
use super::ip;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;
use std::sync::Arc;

/// Looks names up by the system's resolver.
#[derive(Debug)]
pub(crate) struct CheckedResolver {
    policy: Arc<Policy>,
}

impl CheckedResolver {
    pub(crate) fn new(policy: Arc<Policy>) -> Self {
        Self { policy }
    }
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.policy.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(checked(found, &policy)?.into_iter()) as Addrs)
        })
    }
}

/// Returns all addresses if each may be connected to: an answer with one private address among public ones is a trick.
fn checked(found: Vec<SocketAddr>, policy: &Policy) -> Result<Vec<SocketAddr>, NotPublic> {
    match found.iter().all(|address| policy.allows(address.ip()) || ip::is_public(address.ip())) {
        true if !found.is_empty() => Ok(found),
        _ => Err(NotPublic),
    }
}

/// A name stands for an address that is not public, or for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NotPublic;

impl std::fmt::Display for NotPublic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name stands for an address that is not on the public Internet")
    }
}

impl std::error::Error for NotPublic {}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
        texts.iter().map(|text| SocketAddr::new(text.parse().expect(text), 0)).collect()
    }

    #[test]
    fn one_private_address_spoils_the_answer() {
        let policy = Policy::default();
        assert!(checked(addresses(&["93.184.216.34", "2606:4700:4700::1111"]), &policy).is_ok());
        for bad in [&["127.0.0.1"][..], &["93.184.216.34", "::1"], &["93.184.216.34", "10.0.0.1"], &["::ffff:169.254.169.254"], &[]] {
            assert_eq!(checked(addresses(bad), &policy), Err(NotPublic), "{bad:?}");
        }
        let sandbox = Policy { allows_loopback: true, ..Policy::default() };
        assert!(checked(addresses(&["127.0.0.1", "::1"]), &sandbox).is_ok());
        assert_eq!(checked(addresses(&["127.0.0.1", "10.0.0.1"]), &sandbox), Err(NotPublic));
    }
}
