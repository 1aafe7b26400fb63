package io.github.x402sessions.client.diagnosis;

import java.math.BigInteger;
import java.util.Optional;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the accounts of payer, recipient and spender, as the ledger has them.
 */
final class AccountCheck {

	private static final String PAYER = "account";

	private static final String RECIPIENT = "recipient";

	private static final String SPENDER = "spender";

	private static final Asset LUMENS = new Asset("XLM", 7);

	/** An approval costs a hundredth of it. */
	private static final long FEW_STROOPS = 1_000_000;

	/** What the fee of a settlement is at least, about. */
	private static final long A_SETTLEMENT = 20_000;

	private final CheckList list;

	private final DiagnosisPlan plan;

	private final LedgerState ledger;

	private final TransferReadinessReader holdings;

	/** Whether payments need the node that is asked. */
	private final boolean needed;

	AccountCheck(CheckList list, StellarRpc rpc, DiagnosisPlan plan, boolean needed) {
		this.needed = needed;
		this.list = list;
		this.plan = plan;
		this.ledger = new LedgerState(rpc, plan.network().passphrase());
		this.holdings = new TransferReadinessReader(rpc, this.ledger);
	}

	void ask(@Nullable PaymentRequirements way, @Nullable String spender) {
		String asset = this.plan.asset().id();
		BigInteger price = (way != null) ? BaseUnits.read(way.amount()).orElse(BigInteger.ZERO) : BigInteger.ONE;
		String account = this.plan.account();
		try {
			if (this.ledger.token(asset).isEmpty()) {
				this.list.fail("asset", asset + " is no contract of an asset of Stellar on this network",
						"compare network and asset: facilitators take no other");
				return;
			}
			if (account == null) {
				this.list.warn(PAYER, "no account was named that is to pay", "name one, to have its balance looked at");
			}
			else if (isThere(account, way == null || way.scheme().equals("session"))) {
				checkBalance(account, this.holdings.holding(asset, account, 0), price);
			}
			if (way != null && way.payTo().startsWith("M")) {
				this.list.warn(RECIPIENT, way.payTo() + " is an account that many share, which is not looked at",
						"ask whoever is paid whether it has a trustline");
			}
			else if (way != null) {
				checkRecipient(way.payTo(), this.holdings.holding(asset, way.payTo(), 0), price);
			}
			if (spender != null) {
				checkSpender(spender);
			}
		}
		catch (ChainException ex) {
			this.list.unknown(this.needed, PAYER,
					"it is not known how the accounts stand: " + CheckList.plain(ex.getMessage()),
					"ask again, or name another node");
		}
	}

	/** A contract has neither lumens of its own nor a key. */
	private boolean isThere(String account, boolean approving) {
		if (account.startsWith("C")) {
			return true;
		}
		Optional<AccountState> found = this.ledger.account(account);
		if (found.isEmpty()) {
			this.list.fail(PAYER, account + " does not exist on this network",
					"send it lumens: 2 XLM carry the account and a trustline");
			return false;
		}
		AccountState state = found.get();
		String lumens = account + " has " + lumens(state.balance()) + ", of which " + lumens(state.spendable())
				+ " can be spent: the rest is its reserve";
		if (approving && state.spendable() < FEW_STROOPS) {
			this.list.warn(PAYER, lumens,
					"send it lumens, for the fee of an approval, or open the session through a facilitator that pays it");
		}
		else {
			this.list.ok(PAYER, lumens);
		}
		if (!state.isOwnKeyEnough()) {
			this.list.fail(PAYER, "its own key alone may not spend its tokens",
					"sign with its other keys too, or pay from another account");
		}
		return true;
	}

	private static String lumens(long stroops) {
		return LUMENS.describe(BigInteger.valueOf(Math.max(0, stroops)));
	}

	private void checkBalance(String account, @Nullable Balance balance, BigInteger price) {
		Asset asset = this.plan.asset();
		if (balance == null || balance.state() == Balance.State.MISSING) {
			this.list.fail(PAYER, account + " has no trustline for " + asset.symbol(),
					"open one in its wallet, then send it " + asset.symbol());
			return;
		}
		if (balance.state() == Balance.State.FROZEN) {
			this.list.fail(PAYER,
					account + " may not move its " + asset.symbol() + ": the issuer has not authorised it",
					"ask the issuer");
			return;
		}
		String has = "it can spend " + asset.describe(balance.spendable());
		BigInteger cap = this.plan.cap();
		if (balance.spendable().compareTo(price) < 0) {
			this.list.fail(PAYER, has + ", and a call costs " + asset.describe(price), "send it " + asset.symbol());
		}
		else if (cap != null && balance.spendable().compareTo(cap) < 0) {
			this.list.warn(PAYER, has + ", which is less than the cap of " + asset.describe(cap),
					"lower the cap, or send it " + asset.symbol());
		}
		else {
			this.list.ok(PAYER, has);
		}
	}

	/** Without it no ledger lets the facilitator spend, whoever pays the fees. */
	private void checkSpender(String spender) {
		Optional<AccountState> found = this.ledger.account(spender);
		if (found.isEmpty()) {
			this.list.fail(SPENDER,
					spender + ", by which the facilitator settles, does not exist on this network: it settles nothing",
					"its operator has to send it lumens");
			return;
		}
		long spendable = found.get().spendable();
		String text = spender + ", by which the facilitator settles, can spend " + lumens(spendable) + " on fees";
		if (spendable < A_SETTLEMENT) {
			this.list.fail(SPENDER, text, "its operator has to send it lumens");
		}
		else if (spendable < FEW_STROOPS) {
			this.list.warn(SPENDER, text, "its operator has to send it lumens soon");
		}
		else {
			this.list.ok(SPENDER, spender + ", by which the facilitator settles, can pay fees");
		}
	}

	private void checkRecipient(String recipient, @Nullable Balance balance, BigInteger price) {
		String symbol = this.plan.asset().symbol();
		if (balance == null || balance.state() == Balance.State.MISSING) {
			this.list.fail(RECIPIENT, recipient + " has no trustline for " + symbol + ", or does not exist",
					"whoever is paid has to open one: until then no payment lands");
		}
		else if (balance.state() == Balance.State.FROZEN) {
			this.list.fail(RECIPIENT, recipient + " may not receive " + symbol + ": the issuer has not authorised it",
					"whoever is paid has to ask the issuer");
		}
		else if (balance.room().compareTo(price) < 0) {
			this.list.fail(RECIPIENT, recipient + " can receive no more " + symbol + ": its trustline is full",
					"whoever is paid has to raise its limit");
		}
		else {
			this.list.ok(RECIPIENT, recipient + " can be paid in " + symbol);
		}
	}

}
