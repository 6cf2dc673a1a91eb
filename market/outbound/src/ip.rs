//! Which IP addresses are public. An IPv6 address that hides an IPv4 address is judged by the hidden one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are not on the public Internet, by the number of bits that their addresses share: IANA's special-purpose
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

/// The only network from which public IPv6 addresses are handed out. Outside lie unique local, link-local, site-local and multicast
/// addresses, the discard prefix, segment routing, local NAT64, and everything that is not in use yet.
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Networks within global unicast that are not on the public Internet: protocol assignments with Teredo, which hides an address in a
/// way that can't be trusted, benchmarks and ORCHID; two for documentation.
const NOT_PUBLIC_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// The ways in which an IPv6 address hides an IPv4 address: the network, and the first bit of the hidden address.
const HIDING_V4: &[((Ipv6Addr, u32), u32)] = &[
    // Mapped.
    ((Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96), 96),
    // Translated.
    ((Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96), 96),
    // Compatible, an old form. `::` and `::1` are judged with it, as 0.0.0.0 and 0.0.0.1.
    ((Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 0), 96), 96),
    // NAT64.
    ((Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96), 96),
    // 6to4.
    ((Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), 16),
];

/// Returns true if an address is on the public Internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => hidden_v4(address).map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_V4.iter().any(|(network, bits)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= *bits)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    is_within(address, GLOBAL_UNICAST) && !NOT_PUBLIC_V6.iter().any(|network| is_within(address, *network))
}

/// Returns the IPv4 address that an IPv6 address hides.
fn hidden_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let (_, first) = HIDING_V4.iter().find(|(network, _)| is_within(address, *network))?;
    let after = Ipv6Addr::BITS - Ipv4Addr::BITS - first;
    Some(Ipv4Addr::from_bits((address.to_bits() >> after) as u32))
}

fn is_within(address: Ipv6Addr, (network, bits): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ network.to_bits()).leading_zeros() >= bits
}

#[cfg(test)]
mod tests {
    use super::is_public;

    fn all_are(expected: bool, addresses: &str) {
        for text in addresses.split_whitespace() {
            assert_eq!(is_public(text.parse().expect(text)), expected, "{text}");
        }
    }

    #[test]
    fn private_networks_and_metadata_are_not_public() {
        all_are(
            false,
            "0.0.0.0 0.1.2.3 0.255.255.255 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
             168.63.129.16 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1
             192.168.1.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
             255.255.255.255",
        );
        all_are(
            false,
            ":: ::1 100::1 100:0:0:1::1 2001:: 2001:0:4136:e378:8000:63bf:5601:5601 2001:2::1 2001:10::1 2001:20::1 2001:1ff:ffff::1
             2001:db8::1 2001:db8::5efe:127.0.0.1 3fff::1 3fff:fff::1 4000::1 5f00::1 64:ff9b:1::a00:5 fc00::1 fd00:ec2::254
             fd20:ce::254 fe80::1 febf::1 fec0::1 ff02::1 1fff::1",
        );
    }

    #[test]
    fn an_address_that_hides_another_is_judged_by_it() {
        for form in ["::ffff:{}", "::ffff:0:{}", "::{}", "64:ff9b::{}"] {
            for private in ["127.0.0.1", "169.254.169.254", "10.0.0.5", "100.64.0.1"] {
                all_are(false, &form.replace("{}", private));
            }
            all_are(true, &form.replace("{}", "93.184.216.34"));
        }
        all_are(false, "2002:7f00:1:: 2002:a9fe:a9fe::1 2002:a00:5::1");
        all_are(true, "2002:5db8:d822::1");
    }

    #[test]
    fn neighbours_of_private_networks_are_public() {
        all_are(
            true,
            "1.0.0.0 9.255.255.255 11.0.0.1 93.184.216.34 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 168.63.129.15 168.63.129.17
             169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.1 192.0.1.0 192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1
             223.255.255.255 2001:200::1 2001:db7::1 2001:db9::1 2003::1 2606:4700:4700::1111 2a00:1450:4001:830::200e 3fff:1000::1",
        );
    }
}
