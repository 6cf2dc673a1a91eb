//! Samples of a wallet: its balance, its movements and a deposit.

use super::{AT, JOB, MEMBER, TEAM, TITLE};
use market::deposit::{self, Deposit};
use market::ledger::Reason;
use market::wallet::{HoldState, Transaction, Wallet};
use market::{Money, Page};

const DEPOSIT: &str = "cs_1d4g7k0n3q6t9w2z5b8e";

/// Returns the wallet of a team that has paid one job into escrow.
pub fn wallet() -> Wallet {
    Wallet { available: Money(52_750), reserved: Money(47_250), pending: Money::ZERO, staked: Money::ZERO, owed: Money::ZERO }
}

/// Returns the movement by which the job was funded.
pub fn hold() -> Page<Transaction> {
    super::page(vec![Transaction {
        id: format!("hold:{JOB}"),
        reason: Reason::Hold,
        subject: JOB.into(),
        title: Some(TITLE.into()),
        amount: Money(-47_250),
        balance: Money(52_750),
        posted_at: AT,
        held: Some(HoldState::Held),
    }])
}

/// Returns the movement by which the deposit came in.
pub fn paid_in() -> Page<Transaction> {
    super::page(vec![Transaction {
        id: format!("deposit:{DEPOSIT}"),
        reason: Reason::Deposit,
        subject: DEPOSIT.into(),
        title: None,
        amount: Money(10_000),
        balance: Money(10_000),
        posted_at: AT,
        held: None,
    }])
}

/// Returns a deposit that waits for its payment.
pub fn deposit() -> Deposit {
    Deposit {
        id: DEPOSIT.into(),
        team_id: TEAM.into(),
        member_id: MEMBER.into(),
        amount: Money(10_000),
        fee: Money(600),
        method: deposit::Method::Card,
        status: deposit::Status::Open,
        provider: "stripe".into(),
        session: Some("cs_live_a1B2c3".into()),
        checkout_url: Some("https://checkout.stripe.com/c/pay/cs_live_a1B2c3".into()),
        back: String::new(),
        credited: Money::ZERO,
        changes: 0,
        created_at: AT,
        expires_at: Some(AT),
        settled_at: None,
    }
}
