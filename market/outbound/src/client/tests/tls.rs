//! Encryption with a server that can't prove its name: the request is not sent.

use super::{PATIENT, sandbox};
use crate::failure::Failure;
use http::HeaderMap;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// A certificate of this machine that nobody has signed but its own key. Both are of no use elsewhere.
const SELF_SIGNED: &[u8] = include_bytes!("../../../tests/self-signed.pem");

/// The end of a connection, as the server saw it.
struct Seen {
    /// The error of the handshake, if it failed.
    refused: Option<String>,
    /// The bytes that came encrypted, read as text.
    text: Vec<u8>,
}

/// Starts a server with the certificate, which takes one connection.
fn server() -> (u16, JoinHandle<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let certificate = CertificateDer::from_pem_slice(SELF_SIGNED).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(SELF_SIGNED).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).expect("they belong together");
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut connection = ServerConnection::new(Arc::new(config)).expect("a connection");
        let (mut refused, mut text) = (None, Vec::new());
        while refused.is_none() && text.is_empty() {
            match connection.complete_io(&mut stream) {
                Ok((0, 0)) => break,
                Ok(_) => {}
                Err(error) => refused = Some(error.to_string()),
            }
            // Without a handshake there is nothing to read yet.
            let _ = connection.reader().read_to_end(&mut text);
        }
        Seen { refused, text }
    });
    (port, serving)
}

#[tokio::test]
async fn nothing_is_sent_to_a_server_whose_certificate_is_not_trusted() {
    for host in ["127.0.0.1", "localhost"] {
        let (port, serving) = server();
        let url = format!("https://{host}:{port}/hook?token=of-the-address");
        let failed = sandbox(PATIENT).post(&url, HeaderMap::new(), r#"{"secret":"of the body"}"#).await;
        assert_eq!(failed, Err(Failure::Tls), "{host}");
        let sentence = "The server's encryption can't be trusted; check that its certificate is valid and of this name.";
        assert_eq!(Failure::Tls.sentence(), sentence);
        let seen = serving.join().expect("the server does not panic");
        assert_eq!(String::from_utf8_lossy(&seen.text), "", "{host}: neither the head of the request nor its body");
        let refused = seen.refused.expect("the handshake fails");
        assert!(refused.starts_with("received fatal alert: "), "{host}: {refused}");
    }
}
