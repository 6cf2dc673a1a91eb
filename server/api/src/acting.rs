//! The team that a request acts for and the agent that it acts as, where it names them: two headers beside the credential.

use crate::header::once;
use axum::http::{HeaderMap, HeaderName};
use market::{Actor, Error, Market, Result, agent, team};

const TEAM: HeaderName = HeaderName::from_static("x-team-id");
const AGENT: HeaderName = HeaderName::from_static("x-bot-id");

/// The actor with the team and the agent that the headers name. Without them the credential decides.
pub(crate) async fn chosen(market: &Market, actor: Actor, headers: &HeaderMap) -> Result<Actor> {
    let (wanted_team, wanted_agent) = (named(headers, TEAM, "team")?, named(headers, AGENT, "agent")?);
    if wanted_team.is_none() && wanted_agent.is_none() {
        return Ok(actor);
    }
    let mut conn = market.read().await?;
    let actor = match wanted_team {
        Some(id) => team::acting(&mut conn, actor, &id.into()).await?,
        None => actor,
    };
    match wanted_agent {
        Some(id) => agent::acting(&mut conn, actor, &id.into()).await,
        None => Ok(actor),
    }
}

/// The id in a header that may come once. Text that can't be an id names nothing.
fn named<'h>(headers: &'h HeaderMap, name: HeaderName, noun: &str) -> Result<Option<&'h str>> {
    let Some(value) = once(headers, &name)? else { return Ok(None) };
    let id = value.to_str().ok().map(str::trim).and_then(crate::path::plain);
    id.map(Some).ok_or_else(|| Error::not_found(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_there_once() {
        let found = |values: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(TEAM, axum::http::HeaderValue::from_bytes(value).expect("a header value"));
            }
            named(&headers, TEAM, "team").map(|id| id.map(str::to_owned))
        };
        assert_eq!(found(&[]), Ok(None));
        assert_eq!(found(&[b" team_1 "]), Ok(Some("team_1".to_owned())));
        for wrong in [&[&b""[..]][..], &[b"team 1"], &[b"team_\xff"]] {
            assert_eq!(found(wrong), Err(Error::not_found("team")), "{wrong:?}");
        }
        assert_eq!(found(&[b"team_1", b"team_1"]), Err(crate::header::repeated("x-team-id")));
    }
}
