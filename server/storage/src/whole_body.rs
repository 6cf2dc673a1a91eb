//! Reading a body into memory: bounded, counted against its sender, and a body that broke off is told from one that is too large.

use crate::body_budget::Sender;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures::StreamExt;

/// The reason why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFault {
    /// The body has more bytes than are read.
    TooLarge,
    /// The body ended early, or its framing is wrong.
    Broken,
    /// There is no memory left for more bodies, of all senders or of this one.
    Crowded,
}

/// Reads a body of at most `most` bytes, and counts what has arrived of it.
pub async fn whole(body: Body, most: usize, sender: &Sender) -> Result<Bytes, BodyFault> {
    let mut reservation = sender.reservation();
    let mut pieces = body.into_data_stream();
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| BodyFault::Broken)?;
        if first.len() + all.len() + piece.len() > most {
            return Err(BodyFault::TooLarge);
        }
        if !reservation.grow(piece.len()) {
            return Err(BodyFault::Crowded);
        }
        // Most bodies arrive in one piece, which is not copied.
        if first.is_empty() && all.is_empty() {
            first = piece;
            continue;
        }
        all.extend_from_slice(&std::mem::take(&mut first));
        all.extend_from_slice(&piece);
    }
    Ok(reservation.hold(if all.is_empty() { first } else { all.freeze() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body_budget::{BodyBudget, SENDER_BYTES_MAX};

    fn body(pieces: &[&'static str]) -> Body {
        let pieces: Vec<_> =
            pieces.iter().map(|piece| if *piece == "!" { Err(std::io::Error::other("cut")) } else { Ok(*piece) }).collect();
        Body::from_stream(futures::stream::iter(pieces))
    }

    #[tokio::test]
    async fn a_cut_body_is_not_called_too_large() {
        let budget = BodyBudget::default();
        for (pieces, read) in [
            (&[][..], Ok("")),
            (&["ab"], Ok("ab")),
            (&["a", "", "b", "cd"], Ok("abcd")),
            (&["abcd", "e"], Err(BodyFault::TooLarge)),
            (&["abcde"], Err(BodyFault::TooLarge)),
            (&["ab", "!"], Err(BodyFault::Broken)),
            (&["!"], Err(BodyFault::Broken)),
        ] {
            assert_eq!(whole(body(pieces), 4, &budget.of_member("usr_1")).await, read.map(Bytes::from), "{pieces:?}");
        }
    }

    #[tokio::test]
    async fn bodies_of_one_sender_share_its_memory() {
        let budget = BodyBudget::default();
        let read = async || whole(Body::from(vec![b'x'; SENDER_BYTES_MAX / 2]), SENDER_BYTES_MAX, &budget.of_member("usr_1")).await;
        let held = (read().await, read().await);
        assert!(held.0.is_ok() && held.1.is_ok());
        assert_eq!(read().await, Err(BodyFault::Crowded));
        drop(held);
        assert!(read().await.is_ok());
    }
}
