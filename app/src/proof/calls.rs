//! What the pages of proofing read. Nothing here goes around the market's own reads: they decide who is blind.

use super::queue::Wanted;
use crate::fault::Fault;
use leptos::prelude::*;
use market::Page;
use market::proof::{Assignment, Needed};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::visitor::visitor;
#[cfg(feature = "ssr")]
use market::{Paging, proof};

/// How many rows a list has.
#[cfg(feature = "ssr")]
const PAGE: i64 = 20;
/// How many reviews stand beside the jobs.
#[cfg(feature = "ssr")]
const SOME: i64 = 10;

/// What there is to proof.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// Jobs of others that look for proofers.
    pub needed: Page<Needed>,
    /// The member's own seats.
    pub mine: Page<Assignment>,
}

/// Jobs that look for proofers, and one's own reviews.
#[server(prefix = "/_fn", endpoint = "proof/queue")]
pub async fn queue(wanted: Wanted) -> Result<Waiting, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let needed = proof::needed(&mut conn, &actor, wanted.kind(), Paging::new(Some(PAGE), Some(wanted.offset))?).await?;
    let mine = proof::assignments(&mut conn, &actor, Paging::new(Some(SOME), Some(wanted.mine))?).await?;
    Ok(Waiting { needed, mine })
}
