//! Browser sessions: the cookie, and the session rows behind it.
//!
//! Rows are found by a hash of the cookie, so a copy of the database signs nobody in. Anonymous visitors have neither cookie
//! nor row until there is a notice to keep for them.

use app::member::SIGNED_IN;
use async_trait::async_trait;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use market::db::{Conn, DISK_FULL};
use market::id::MemberId;
use market::session::{assign, create, delete, load, row_id, save};
use market::{Duration, Market, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// The cookie's name.
pub(crate) const COOKIE: &str = "guildhall_session";
/// A mark in a record that is due for renewal, together with its cookie.
const RENEW: &str = "renew";
/// The age at which a session is renewed, or half its life if that is less.
const RENEW_AT: Duration = Duration::days(1);
/// The life of an anonymous visitor's session. It is short, because anyone can create as many as they like.
const STRANGER_LIFE: Duration = Duration::minutes(15);

/// The layer that gives every request of a page its [`Session`].
pub(crate) fn layer(market: &Market, secure: bool) -> SessionManagerLayer<Rows> {
    let life = time::Duration::milliseconds(market.rules.session_life.as_ms());
    SessionManagerLayer::new(Rows(market.clone()))
        .with_name(COOKIE)
        .with_same_site(SameSite::Lax)
        .with_secure(secure)
        .with_expiry(Expiry::OnInactivity(life))
}

/// Renews an aged session and its cookie at a visit; runs inside [`layer`]. An answer to a browser with a session is not stored, so
/// that nobody finds it by going back after signing out.
pub(crate) async fn renew(request: Request, next: Next) -> Response {
    let Some(session) = request.extensions().get::<Session>().filter(|session| session.id().is_some()).cloned() else {
        return next.run(request).await;
    };
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(Some(_)) = session.get_value(RENEW).await {
        // The removal makes the layer save the record; the record is in memory by now, so it can't fail.
        let _ = session.remove_value(RENEW).await;
    }
    response
}

/// The session store over the market's session rows.
#[derive(Clone)]
pub(crate) struct Rows(Market);

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rows")
    }
}

/// The content of a session row.
#[derive(Serialize, Deserialize)]
struct StoredSession {
    data: HashMap<String, Value>,
    until: Time,
}

/// Serialises a record for its row, with its expiry by the market's clock.
fn stored(record: &Record, conn: &Conn) -> Result<(String, Time)> {
    let life = conn.rules.session_life;
    let until = conn.now.after(if record.data.contains_key(SIGNED_IN) { life } else { life.min(STRANGER_LIFE) });
    let data = record.data.iter().filter(|(name, _)| *name != RENEW).map(|(name, value)| (name.clone(), value.clone()));
    let kept = StoredSession { data: data.collect(), until };
    Ok((serde_json::to_string(&kept).map_err(|error| Error::Encode(error.to_string()))?, until))
}

/// Computes the id of a session's row from the session's id.
pub(crate) fn row(id: &Id) -> String {
    row_id(id.0)
}

fn backend(error: market::Error) -> Error {
    Error::Backend(error.message.into_owned())
}

#[async_trait]
impl SessionStore for Rows {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mut tx = match self.0.begin().await {
            // A stranger's notice is lost; a sign-in fails.
            Err(error) if error.code == DISK_FULL && !record.data.contains_key(SIGNED_IN) => return Ok(()),
            begun => begun.map_err(backend)?,
        };
        let (text, until) = stored(record, &tx)?;
        // 128 random bits don't collide, so there is no retry.
        create(&mut tx, &row(&record.id), &text, until).await.map_err(backend)?;
        // A sign-in takes a new id, so whose it is never changes.
        if let Some(member) = record.data.get(SIGNED_IN).and_then(|signed| signed.get("id")?.as_str()) {
            assign(&mut tx, &row(&record.id), &MemberId::from(member)).await.map_err(backend)?;
        }
        tx.commit().await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut tx = match self.0.begin().await {
            // A page can be read without its session being renewed, and its notice shown once more.
            Err(error) if error.code == DISK_FULL => return Ok(()),
            begun => begun.map_err(backend)?,
        };
        let (text, until) = stored(record, &tx)?;
        save(&mut tx, &row(&record.id), &text, until).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut conn = self.0.read().await.map_err(backend)?;
        let Some(text) = load(&mut conn, &row(id)).await.map_err(backend)? else { return Ok(None) };
        let StoredSession { mut data, until } = serde_json::from_str(&text).map_err(|error| Error::Decode(error.to_string()))?;
        let life = self.0.rules.session_life.as_ms();
        // An anonymous visitor's session is not renewed: it ends, unless there is a new notice.
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
