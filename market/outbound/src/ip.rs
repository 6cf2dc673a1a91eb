//! Which IP addresses are public.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are not on the public Internet, by the number of bits that their addresses share. IANA's special-purpose
/// registry, and the address of Azure's wire server, which looks public.
const NOT_PUBLIC_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Networks of IPv6 that are not on the public Internet, or whose inner address can't be read.
const NOT_PUBLIC_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2001, 0x10, 0, 0, 0, 0, 0, 0), 28),
    (Ipv6Addr::new(0x2001, 0x20, 0, 0, 0, 0, 0, 0), 28),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),
];

/// The ways in which an IPv6 address hides an IPv4 address: the network, and the first bit of the hidden one.
const HIDING_V4: &[(Ipv6Addr, u32, u32)] = &[
    // Mapped, translated, and the old compatible form, to which `::` and `::1` belong.
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, 96),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, 96),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0), 96, 96),
    // NAT64 and 6to4.
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, 96),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, 16),
];

/// Returns true if an address is on the public Internet, also the one that it hides.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_V4.iter().any(|(network, bits)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= *bits)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let within = |network: &Ipv6Addr, bits: u32| (address.to_bits() ^ network.to_bits()).leading_zeros() >= bits;
    if NOT_PUBLIC_V6.iter().any(|(network, bits)| within(network, *bits)) {
        return false;
    }
    let hidden = HIDING_V4.iter().find(|(network, bits, _)| within(network, *bits));
    hidden.is_none_or(|(.., first)| is_public_v4(Ipv4Addr::from_bits((address.to_bits() >> (96 - first)) as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(addresses: &[&str], is_public: bool) {
        for text in addresses {
            let address: IpAddr = text.parse().expect(text);
            assert_eq!(super::is_public(address), is_public, "{text}");
        }
    }

    #[test]
    fn private_networks_and_metadata_are_not_public() {
        all(
            &[
                "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
                "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
                "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "100::1",
                "2001:0:4136:e378:8000:63bf:5601:5601", "2001:db8::1", "2001:db8::5efe:127.0.0.1", "3fff::1", "5f00::1", "64:ff9b:1::a00:5",
                "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "febf::1", "fec0::1", "ff02::1",
            ],
            false,
        );
    }

    #[test]
    fn an_address_that_hides_another_is_judged_by_it() {
        for form in ["::ffff:{}", "::ffff:0:{}", "::{}", "64:ff9b::{}"] {
            for (inner, is_public) in [("127.0.0.1", false), ("169.254.169.254", false), ("10.0.0.5", false), ("93.184.216.34", true)] {
                all(&[form.replace("{}", inner).as_str()], is_public);
            }
        }
        all(&["2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:a00:5::1"], false);
        all(&["2002:5db8:d822::1"], true);
    }

    #[test]
    fn their_neighbours_are_public() {
        all(
            &[
                "1.0.0.0", "9.255.255.255", "11.0.0.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
                "168.63.129.15", "168.63.129.17", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "198.17.255.255",
                "198.20.0.1", "223.255.255.255", "2003::1", "2606:4700:4700::1111", "2a00:1450:4001:830::200e",
            ],
            true,
        );
    }
}
