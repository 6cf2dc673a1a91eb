//! Networks: the part of the internet that counts as one caller.

use std::net::{IpAddr, Ipv6Addr};

/// The network of a caller of whom only the address is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    /// The address of an IPv4 host, or the /64 of an IPv6 host, which may change its address within it at will.
    pub own: String,
    /// The /48 of an IPv6 host, which many customers get as a whole. It counts too, with larger limits.
    pub site: Option<String>,
}

impl Network {
    /// Returns the network of an address, however it is written.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => Self { own: prefix(v6, 64), site: Some(format!("{}/48", prefix(v6, 48))) },
            v4 => Self { own: v4.to_string(), site: None },
        }
    }

    /// Returns the network's keys, each with its part of a limit: a site has eight times that of one network.
    pub fn limits(&self, most: usize) -> Vec<(&str, usize)> {
        let site = self.site.as_deref().map(|site| (site, most.saturating_mul(SITE_TIMES as usize)));
        std::iter::once((self.own.as_str(), most)).chain(site).collect()
    }
}

/// The limits of a site, as a multiple of those of one of its networks.
pub const SITE_TIMES: u32 = 8;

fn prefix(address: Ipv6Addr, bits: u32) -> String {
    let host = 128 - bits;
    Ipv6Addr::from_bits(address.to_bits() >> host << host).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    #[test]
    fn an_address_has_one_network_however_it_is_written() {
        assert_eq!(of("203.0.113.5"), Network { own: "203.0.113.5".into(), site: None });
        assert_eq!(of("::ffff:203.0.113.5"), of("203.0.113.5"));
        assert_eq!(of("2001:db8:1:2:3::4"), Network { own: "2001:db8:1:2::".into(), site: Some("2001:db8:1::/48".into()) });
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:2:3::4"));
        assert_ne!(of("2001:db8:1:3::"), of("2001:db8:1:2::"));
        assert_eq!(of("2001:db8:1:3::").site, of("2001:db8:1:2::").site);
    }

    #[test]
    fn a_site_has_more_than_one_of_its_networks() {
        assert_eq!(of("203.0.113.5").limits(3), [("203.0.113.5", 3)]);
        assert_eq!(of("2001:db8::1").limits(3), [("2001:db8::", 3), ("2001:db8::/48", 24)]);
    }
}
