//! Name servers that change their answer between two look-ups, or mix addresses.

use super::{Canary, Names, PUBLIC, Server, moved};
use crate::failure::Failure;
use crate::policy::Policy;
use crate::target::TargetError;
use http::HeaderMap;

/// An answer after which the connection is closed, so that the next request looks the name up again.
const CLOSING: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok";
const REFUSED: Failure = Failure::Refused(TargetError::NotPublic);

#[tokio::test]
async fn a_name_that_becomes_private_after_the_check_is_not_followed() {
    let (server, canary) = (Server::answering(CLOSING).await, Canary::new());
    let names = Names::new(&[&[PUBLIC], &["127.0.0.1"]]);
    let client = moved(Policy::production().allowing_http(), names.clone(), &server, &canary);
    let post = || client.post("http://rebind.example.com/hook", HeaderMap::new(), "{}");

    let first = post().await.expect("an answer of the public address");
    assert_eq!((first.status, names.asked()), (200, 1), "one look-up serves the check and the connection");
    assert_eq!(post().await, Err(REFUSED));
    assert_eq!(names.asked(), 2);
    assert_eq!(server.requests().len(), 1);
    assert!(!canary.is_disturbed());
}

#[tokio::test]
async fn an_answer_with_one_private_address_is_refused_as_a_whole() {
    let (server, canary) = (Server::answering(CLOSING).await, Canary::new());
    for mixed in [[PUBLIC, "127.0.0.1"], ["::1", PUBLIC], [PUBLIC, "10.0.0.1"], [PUBLIC, "::ffff:127.0.0.1"], [PUBLIC, "0.0.0.0"]] {
        let client = moved(Policy::production().allowing_http(), Names::new(&[&mixed]), &server, &canary);
        assert_eq!(client.post("http://mixed.example.com/", HeaderMap::new(), "{}").await, Err(REFUSED), "{mixed:?}");
    }
    assert_eq!(server.requests().len(), 0);
    assert!(!canary.is_disturbed());
}

#[tokio::test]
async fn a_kept_connection_goes_on_to_the_checked_address() {
    let (server, canary) = (Server::answering("HTTP/1.1 204 No Content\r\n\r\n").await, Canary::new());
    let names = Names::new(&[&[PUBLIC], &["127.0.0.1"]]);
    let client = moved(Policy::production().allowing_http(), names.clone(), &server, &canary);
    for _ in 0..3 {
        let answer = client.post("http://rebind.example.com/hook", HeaderMap::new(), "{}").await;
        assert_eq!(answer.map(|answer| answer.status), Ok(204));
    }
    assert_eq!((server.requests().len(), server.requests()[0].len(), names.asked()), (1, 3, 1));
    assert!(!canary.is_disturbed());
}
