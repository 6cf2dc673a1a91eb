//! Samples of a wallet: its balance, its movements, a deposit, automatic refill and payouts.

use super::{AT, JOB, MEMBER, TEAM, TITLE};
use market::deposit::{self, Deposit};
use market::ledger::Reason;
use market::payee::{self, Connected, Payee};
use market::payout::{self, More, Payable, Payout};
use market::refill::Refill;
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
        is_charge: false,
        session: Some("cs_live_a1B2c3".into()),
        payment: None,
        checkout_url: Some("https://checkout.stripe.com/c/pay/cs_live_a1B2c3".into()),
        back: String::new(),
        credited: Money::ZERO,
        changes: 0,
        created_at: AT,
        expires_at: Some(AT),
        settled_at: None,
    }
}

/// Returns an automatic refill whose card was charged once this month.
pub fn refill() -> Refill {
    Refill {
        team_id: TEAM.into(),
        member_id: MEMBER.into(),
        threshold: Money(5_000),
        amount: Money(10_000),
        monthly_limit: Some(Money(50_000)),
        is_enabled: true,
        off_reason: None,
        provider: "stripe".into(),
        customer: Some("cus_a1B2c3".into()),
        card: Some("pm_a1B2c3".into()),
        card_label: Some("Visa ending 4242".into()),
        pages: 1,
        page: None,
        page_url: None,
        page_until: None,
        low_since: None,
        charging: None,
        paused_until: None,
        updated_at: AT,
    }
}

/// Returns an account that takes payouts.
pub fn payee() -> Payee {
    Payee {
        team_id: TEAM.into(),
        provider: "stripe".into(),
        account: Some("acct_a1B2c3".into()),
        state: payee::State::Ready,
        missing: String::new(),
        is_weekly: false,
        asked_at: None,
        updated_at: AT,
    }
}

/// Returns an account whose forms are to be filled in, with the page on which that is done.
pub fn connected() -> Connected {
    let payee = Payee { state: payee::State::Onboarding, missing: "external_account".into(), ..payee() };
    Connected { payee, url: "https://connect.stripe.com/setup/e/acct_a1B2c3/x".into() }
}

/// Returns a payout on its way.
pub fn payout() -> Payout {
    Payout {
        id: "po_1d4g7k0n3q6t9w2z5b8e".into(),
        team_id: TEAM.into(),
        member_id: MEMBER.into(),
        amount: Money(45_000),
        state: payout::State::Sent,
        provider: "stripe".into(),
        account: "acct_a1B2c3".into(),
        transfer: Some("tr_a1B2c3".into()),
        bank_payment: Some("po_a1B2c3".into()),
        reason: None,
        reversed: Money::ZERO,
        was_paid: false,
        refusals: 0,
        created_at: AT,
        settled_at: None,
    }
}

/// Returns the part of a wallet that can be paid out while the money of a deposit waits.
pub const fn payable() -> Payable {
    Payable { available: Money(52_750), now: Money(2_750), more: Some(More { at: AT, amount: Money(52_750) }) }
}
