//! Sessions of browsers: the cookie, and the market's session rows behind it.
//!
//! Rows are found by a hash of the cookie, so reading the database signs nobody in. Visitors who were never told
//! anything have neither cookie nor row.

use app::member::SIGNED_IN;
use async_trait::async_trait;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use market::session::{create, delete, load, save};
use market::{Market, Span, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// The cookie's name.
pub(crate) const COOKIE: &str = "guildhall_session";
/// Set in a record that has aged: it and its cookie are due for another span of life.
const RENEW: &str = "renew";
/// The age that a session is renewed at, or half its life if that is less.
const RENEW_AT: Span = Span::days(1);
/// How long what a stranger was told is kept for their next page: anyone can have as many of these as they like.
const STRANGER_LIFE: Span = Span::minutes(15);

/// The layer that gives every request of a page its [`Session`].
pub(crate) fn layer(market: &Market, secure: bool) -> SessionManagerLayer<Rows> {
    let life = time::Duration::milliseconds(market.terms.session_life.as_ms());
    SessionManagerLayer::new(Rows(market.clone()))
        .with_name(COOKIE)
        .with_same_site(SameSite::Lax)
        .with_secure(secure)
        .with_expiry(Expiry::OnInactivity(life))
}

/// A visit renews a session that has aged and its cookie, inside [`layer`].
pub(crate) async fn renew(request: Request, next: Next) -> Response {
    let session = request.extensions().get::<Session>().filter(|session| session.id().is_some()).cloned();
    let response = next.run(request).await;
    if let Some(session) = session
        && let Ok(Some(_)) = session.get_value(RENEW).await
    {
        // Removing is what makes the layer save it; the record is in memory by now, so it can't fail.
        let _ = session.remove_value(RENEW).await;
    }
    response
}

/// The market's session rows, as the session layer wants them.
#[derive(Clone)]
pub(crate) struct Rows(Market);

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rows")
    }
}

/// What a row holds.
#[derive(Serialize, Deserialize)]
struct Kept {
    data: HashMap<String, Value>,
    until: Time,
}

/// A record as its row keeps it, and until when.
fn kept(record: &Record, now: Time) -> Result<(String, Time)> {
    let until = Time::from_ms(i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX));
    let until = if record.data.contains_key(SIGNED_IN) { until } else { until.min(now.after(STRANGER_LIFE)) };
    let data = record.data.iter().filter(|(name, _)| *name != RENEW).map(|(name, value)| (name.clone(), value.clone()));
    let kept = Kept { data: data.collect(), until };
    Ok((serde_json::to_string(&kept).map_err(|error| Error::Encode(error.to_string()))?, until))
}

/// The id that a session's row has.
pub(crate) fn row(id: &Id) -> String {
    Sha256::digest(id.0.to_le_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn backend(error: market::Error) -> Error {
    Error::Backend(error.message.into_owned())
}

#[async_trait]
impl SessionStore for Rows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mut tx = self.0.begin().await.map_err(backend)?;
        let (text, until) = kept(record, tx.now)?;
        // 128 random bits do not meet twice.
        create(&mut tx, &row(&record.id), &text, until).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut tx = self.0.begin().await.map_err(backend)?;
        let (text, until) = kept(record, tx.now)?;
        save(&mut tx, &row(&record.id), &text, until).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut conn = self.0.read().await.map_err(backend)?;
        let Some(text) = load(&mut conn, &row(id)).await.map_err(backend)? else { return Ok(None) };
        let Kept { mut data, until } = serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string()))?;
        let life = self.0.terms.session_life.as_ms();
        // A stranger's is not: it ends, unless there is something new to tell.
        if data.contains_key(SIGNED_IN) && until.since(conn.now).as_ms() <= life - RENEW_AT.as_ms().min(life / 2) {
            data.insert(RENEW.to_owned(), Value::Bool(true));
        }
        Ok(Some(Record { id: *id, data, expiry_date: until.utc() }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut tx = self.0.begin().await.map_err(backend)?;
        delete(&mut tx, &row(id)).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}
