//! Signed links that are valid for a few minutes, for one file and one viewer. The viewer's permission is checked again when the link
//! is followed.

use super::{File, Status, by_path, errors, queries, store};
use crate::job;
use hmac::{Hmac, KeyInit, Mac};
use identity::actor::Credential;
use identity::{Actor, key, member, session};
use kernel::id::{FileId, JobId, KeyId, MemberId, TeamId};
use kernel::text::hex;
use kernel::{Duration, Error, Result, Time};
use platform::Market;
use platform::db::Conn;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The time for which a link is valid.
pub const LINK_LIFE: Duration = Duration::minutes(5);
/// The label from which the key of links is derived, so that nothing else the server signs passes as a link.
const LABEL: &[u8] = b"guildhall file link 1";

/// A link to a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address.
    pub url: String,
    /// The expiry.
    pub expires_at: Time,
}

/// The parts of a link besides the file's id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Signed {
    /// The viewer.
    pub viewer: String,
    /// The expiry, in seconds since 1970.
    pub expires: i64,
    /// The signature, in 64 hexadecimal digits.
    pub signature: String,
}

/// Creates a link to a file that the actor may read, named by its path or its id.
pub async fn link(market: &Market, actor: &Actor, id: &JobId, path: &str) -> Result<Link> {
    let mut conn = market.read().await?;
    let access = job::access(&mut conn, actor, id).await?;
    let file = by_path(&mut conn, &access, path).await?;
    let viewer = viewer(&mut conn, actor).await?;
    let expires_at = conn.now.after(LINK_LIFE);
    let expires = expires_at.seconds();
    let signature = hex(&mac(market, &file.id, &viewer, expires).finalize().into_bytes());
    let url = format!("{}/files/{}?viewer={viewer}&expires={expires}&signature={signature}", market.rules.base_url, file.id);
    Ok(Link { url, expires_at })
}

/// Creates a link to a file that the actor may read, named by its id alone.
pub async fn link_to(market: &Market, actor: &Actor, id: &FileId) -> Result<Link> {
    let found = store::find(&mut market.read().await?, id).await?;
    let file = found.filter(|file| file.status == Status::Ready).ok_or_else(|| Error::not_found("file"))?;
    link(market, actor, &file.job_id, id.as_str()).await.map_err(|error| error.not_found_as("file"))
}

/// Returns the file of a link, if the signature is valid, the link has not expired, and its viewer may still read the file.
pub async fn follow(market: &Market, id: &FileId, signed: &Signed) -> Result<File> {
    let signature = digits(&signed.signature).ok_or_else(errors::invalid_link)?;
    mac(market, id, &signed.viewer, signed.expires).verify_slice(&signature).map_err(|_| errors::invalid_link())?;
    let mut conn = market.read().await?;
    if signed.expires <= conn.now.seconds() {
        return Err(errors::link_expired(LINK_LIFE));
    }
    let actor = viewed_by(&mut conn, &signed.viewer).await?;
    let file = store::find(&mut conn, id).await?.filter(|file| file.status == Status::Ready);
    let file = file.ok_or_else(|| Error::not_found("file"))?;
    let access = job::access(&mut conn, &actor, &file.job_id).await?;
    let reason = queries::reason_for(&mut conn, &access, &file.id).await?;
    queries::must_be_readable(&access, &reason, &file)?;
    Ok(file)
}

fn mac(market: &Market, id: &FileId, viewer: &str, expires: i64) -> Hmac<Sha256> {
    let keyed = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    let key = keyed(&market.secret).chain_update(LABEL).finalize().into_bytes();
    // No part contains a line break, so two links never sign the same text.
    keyed(&key).chain_update(format!("GET\n/files/{id}\n{viewer}\n{expires}"))
}

/// Returns the viewer of a link: the API key, or the member with the epoch of the password.
async fn viewer(conn: &mut Conn, actor: &Actor) -> Result<String> {
    match &actor.credential {
        Credential::Key { id, .. } => Ok(id.to_string()),
        _ => {
            let member = member::show(conn, actor).await?;
            let person = format!("{}.{}", member.id, member.epoch);
            Ok(if member.team_id == actor.team { person } else { format!("{person}.{}", actor.team) })
        }
    }
}

/// Looks up the viewer of a link with the present permissions.
async fn viewed_by(conn: &mut Conn, viewer: &str) -> Result<Actor> {
    let Some((member, epoch)) = viewer.split_once('.') else {
        return key::holder(conn, &KeyId::from(viewer))
            .await
            .map_err(|error| if error.kind == kernel::Kind::Unauthenticated { errors::link_void() } else { error });
    };
    let (epoch, team) = epoch.split_once('.').map_or((epoch, None), |(epoch, team)| (epoch, Some(TeamId::from(team))));
    let epoch = epoch.parse().map_err(|_| errors::link_void())?;
    let actor = session::actor_in(conn, &MemberId::from(member), epoch, team.as_ref()).await?;
    // A member who was removed from the team acts for their own again, and the link was not made for that one.
    actor.filter(|actor| team.is_none_or(|team| team == actor.team)).ok_or_else(errors::link_void)
}

/// Parses hexadecimal digits in lower case only, so that a link has one spelling.
fn digits(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
    bytes.filter(|_| rest.is_empty())?.try_into().ok()
}
