package io.github.x402sessions.stellar.balance;

import java.math.BigInteger;

import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.ScMap;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.Liabilities;
import org.stellar.sdk.xdr.SCMap;
import org.stellar.sdk.xdr.TrustLineEntry;

/**
 * The balance that somebody holds of an asset.
 *
 * @param state whether they can move it at all
 * @param spendable what they can pay, base units
 * @param room what they can still receive, base units
 */
public record Balance(State state, BigInteger spendable, BigInteger room) {

	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	private static final int AUTHORISED = 1;

	/** The network's parameter, stroops. */
	private static final long BASE_RESERVE = 5_000_000;

	private static final int RESERVES_OF_AN_ACCOUNT = 2;

	/** Whether something can be moved. */
	public enum State {

		/** It can. */
		FREE,

		/** The issuer does not let them. */
		FROZEN,

		/** There is no trustline, or no account. */
		MISSING

	}

	/** Name the entry; the issuer has none: it makes and destroys what it moves. */
	public static @Nullable LedgerKey key(Token token, String holder) {
		if (holder.startsWith("C")) {
			return LedgerKeys.balance(token.contract(), holder);
		}
		if (token.isNative()) {
			return LedgerKeys.account(holder);
		}
		return holder.equals(token.issuer()) ? null : LedgerKeys.trustline(holder, token.asset());
	}

	/** It is the issuer's, or a contract's that has not held any yet. */
	public static Balance unlimited() {
		return new Balance(State.FREE, LARGEST, LARGEST);
	}

	public static Balance missing() {
		return new Balance(State.MISSING, BigInteger.ZERO, BigInteger.ZERO);
	}

	/** A contract needs no trustline; its entry comes with the first receipt. */
	public static Balance ofNewContract() {
		return new Balance(State.FREE, BigInteger.ZERO, LARGEST);
	}

	public static @Nullable Balance read(String entry) {
		return Xdr.read(entry, (base64) -> {
			LedgerEntry.LedgerEntryData data = LedgerEntry.LedgerEntryData.fromXdrBase64(base64);
			return switch (data.getDiscriminant()) {
				case TRUSTLINE -> trustline(data.getTrustLine());
				case ACCOUNT -> account(data.getAccount());
				case CONTRACT_DATA -> contract(data.getContractData().getVal().getMap());
				default -> null;
			};
		});
	}

	private static Balance trustline(TrustLineEntry line) {
		boolean extended = line.getExt().getDiscriminant() == 1;
		long balance = line.getBalance().getInt64();
		return holding((line.getFlags().getUint32().getNumber() & AUTHORISED) != 0,
				balance - selling(extended ? line.getExt().getV1().getLiabilities() : null), line.getLimit().getInt64()
						- balance - buying(extended ? line.getExt().getV1().getLiabilities() : null));
	}

	/** Sponsored reserves are left out: then a little less counts as spendable. */
	static Balance account(AccountEntry account) {
		boolean extended = account.getExt().getDiscriminant() == 1;
		Liabilities liabilities = extended ? account.getExt().getV1().getLiabilities() : null;
		long balance = account.getBalance().getInt64();
		long reserve = (RESERVES_OF_AN_ACCOUNT + account.getNumSubEntries().getUint32().getNumber()) * BASE_RESERVE;
		return holding(true, Math.max(0, balance - reserve - selling(liabilities)),
				Long.MAX_VALUE - balance - buying(liabilities));
	}

	private static Balance contract(SCMap value) {
		BigInteger amount = Scv.fromInt128(ScMap.get(value, "amount"));
		return new Balance(Scv.fromBoolean(ScMap.get(value, "authorized")) ? State.FREE : State.FROZEN, amount,
				LARGEST);
	}

	private static Balance holding(boolean authorised, long spendable, long room) {
		return new Balance(authorised ? State.FREE : State.FROZEN, BigInteger.valueOf(spendable),
				BigInteger.valueOf(room));
	}

	private static long selling(@Nullable Liabilities liabilities) {
		return (liabilities != null) ? liabilities.getSelling().getInt64() : 0;
	}

	private static long buying(@Nullable Liabilities liabilities) {
		return (liabilities != null) ? liabilities.getBuying().getInt64() : 0;
	}

	/** Return why an amount cannot be moved, or {@code null} if it can. */
	private @Nullable TransferFailure refusal(BigInteger amount, BigInteger available) {
		return switch (this.state) {
			case MISSING -> TransferFailure.TRUSTLINE;
			case FROZEN -> TransferFailure.DEAUTHORISED;
			case FREE -> (available.compareTo(amount) < 0) ? TransferFailure.BALANCE : null;
		};
	}

	public @Nullable TransferFailure refusalToPay(BigInteger amount) {
		return refusal(amount, this.spendable);
	}

	public @Nullable TransferFailure refusalToReceive(BigInteger amount) {
		return refusal(amount, this.room);
	}

}
