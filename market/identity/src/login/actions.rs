//! Counting logins around the check of the password.

use super::{KNOWN_FOR, NETWORKS_MAX, SEEN_EVERY, WINDOW, WRONG_MAX, errors, store};
use crate::member;
use hmac::{Hmac, KeyInit, Mac};
use kernel::Result;
use kernel::text::hex;
use platform::db::Tx;
use platform::network::Network;
use platform::{Market, SWEEP_BATCH, act, mail};
use sha2::Sha256;

/// Keeps the hashes apart from those of other tables.
const LABEL: &[u8] = b"guildhall login 1";

/// Runs a login by password from a network. It is refused before any hashing if the account had too many wrong passwords and the network
/// is unknown; a wrong password is counted, and the network of a login that needs nothing more is remembered.
pub(crate) async fn counted<T: Outcome>(market: &Market, from: &Network, email: &str, login: impl Future<Output = Result<T>>) -> Result<T> {
    let account = account(market, email);
    let network = keyed(market, &[&account, &from.own]);
    let mut conn = market.read().await?;
    let since = conn.now.before(WINDOW);
    let is_known = store::is_known(&mut conn, &account, &network).await?;
    if !is_known && store::has_failures(&mut conn, &account, WRONG_MAX, since).await? {
        return Err(errors::too_many_wrong_passwords());
    }
    drop(conn);
    let done = login.await;
    let recorded = match &done {
        Err(error) if error.code == member::errors::invalid_credentials().code => {
            act!(market, |tx| store::count_failure(tx, &account, since).await)
        }
        Ok(done) if done.is_login() => remember(market, &account, &network).await,
        // A thief with the password alone must not push the owner's networks out.
        Ok(_) | Err(_) => Ok(()),
    };
    note(recorded);
    done
}

/// Remembers the network of a login whose second factor was right.
pub(crate) async fn completed(market: &Market, from: &Network, email: &str) {
    let account = account(market, email);
    let network = keyed(market, &[&account, &from.own]);
    note(remember(market, &account, &network).await);
}

/// On a full disk the answer stays what it is; the network's rate limit holds all the same.
fn note(recorded: Result<()>) {
    if let Err(error) = recorded {
        tracing::warn!(code = %error.code, "a login could not be counted");
    }
}

/// The result of a right password.
pub(crate) trait Outcome {
    /// Returns true if the member is logged in by it.
    fn is_login(&self) -> bool;
}

/// Remembers the network of a login; a row that is a day old at most is left as it is.
async fn remember(market: &Market, account: &str, network: &str) -> Result<()> {
    let mut conn = market.read().await?;
    let since = conn.now.before(SEEN_EVERY);
    if store::was_seen(&mut conn, account, network, since).await? {
        return Ok(());
    }
    drop(conn);
    act!(market, |tx| {
        store::note(tx, account, network).await?;
        store::delete_older(tx, account, NETWORKS_MAX).await
    })
}

/// Forgets the wrong passwords of an account, because its password is a new one.
pub(crate) async fn forget(market: &Market, tx: &mut Tx, email: &str) -> Result<()> {
    store::delete_failures(tx, &account(market, email)).await
}

/// Deletes counts and networks whose time is over, at most [`SWEEP_BATCH`] of each, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let (failed, seen) = (tx.now.before(WINDOW), tx.now.before(KNOWN_FOR));
    let failures = store::delete_expired_failures(tx, failed, SWEEP_BATCH).await?;
    // A batch is one or the other, so that its number never exceeds the batch's size.
    if failures > 0 { Ok(failures) } else { store::delete_expired_networks(tx, seen, SWEEP_BATCH).await }
}

/// Returns the hash of an account's address, however it is typed.
pub fn account(market: &Market, email: &str) -> String {
    let email = mail::address(email).unwrap_or_else(|| email.trim().to_lowercase());
    keyed(market, &[&email])
}

/// Hashes texts by a key of this server: a copy of the database alone tells neither addresses nor networks.
fn keyed(market: &Market, texts: &[&str]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&market.secret).expect("a key of any length will do").chain_update(LABEL);
    for text in texts {
        mac = mac.chain_update([0]).chain_update(text);
    }
    hex(&mac.finalize().into_bytes()[..16])
}
