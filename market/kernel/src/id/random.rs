//! Making ids and secrets.

/// The number of characters that encode an id's time: 45 bits of milliseconds, enough until the year 3084.
const TIME_LENGTH: u32 = 9;
/// The number of random characters of an id: 80 bits, so that ids can't be guessed.
const RANDOM_LENGTH: usize = 16;

/// Makes an id: `prefix`, the millisecond and 80 random bits in lower-case base 32; without a prefix a UUID v4.
///
/// Ids rise with time, so that rows made together lie together: a write touches few pages. See
/// docs/decisions/0008-internal-integer-keys.md.
pub fn random(prefix: &str) -> String {
    if prefix.is_empty() {
        return uuid::Uuid::new_v4().to_string();
    }
    let ms = crate::time::Clock::System.now().ms();
    let digit = |place: u32| char::from(ALPHABET[usize::try_from(ms >> (5 * place) & 31).unwrap_or_default()]);
    let made: String = (0..TIME_LENGTH).rev().map(digit).collect();
    format!("{prefix}{made}{}", secret(RANDOM_LENGTH))
}

/// Lower-case base 32 without i, l, o and u, in the order of ASCII: text sorts as the number does.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Makes `length` random characters of lower-case base 32, five bits each, from the system's generator.
pub fn secret(length: usize) -> String {
    use rand::Rng;
    let mut bytes = vec![0_u8; length];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_with_time() {
        let first = random("team_");
        let before = crate::time::Clock::System.now();
        while crate::time::Clock::System.now() == before {
            std::thread::yield_now();
        }
        let second = random("team_");
        assert!(first < second, "{first} {second}");
        assert_eq!(second.len(), "team_".len() + 25);
        assert_eq!(random("").len(), 36);
    }
}
