package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeCreditAlphaNum;
import org.stellar.sdk.xdr.PaymentOp;

/**
 * Moves lumens or an issued asset. An asset that its issuer sends is minted, one that it
 * receives is burnt.
 */
final class ClassicPayment {

	private static final int MALFORMED = -1;

	private static final int UNDERFUNDED = -2;

	private static final int SOURCE_NO_TRUST = -3;

	private static final int SOURCE_NOT_AUTHORIZED = -4;

	private static final int NO_DESTINATION = -5;

	private static final int NO_TRUST = -6;

	private static final int NOT_AUTHORIZED = -7;

	private static final int LINE_FULL = -8;

	private final String source;

	private final String destination;

	private final Asset asset;

	private final long amount;

	ClassicPayment(PaymentOp operation, String source) {
		this.source = source;
		this.destination = Strkeys.of(operation.getDestination());
		this.asset = Asset.fromXdr(operation.getAsset());
		this.amount = operation.getAmount().getInt64();
	}

	static int check(PaymentOp operation) {
		return (operation.getAmount().getInt64() <= 0) ? MALFORMED : 0;
	}

	int apply(LedgerDraft draft) {
		if (draft.account(this.destination) == null) {
			return NO_DESTINATION;
		}
		if (!(this.asset instanceof AssetTypeCreditAlphaNum credit)) {
			return lumens(draft);
		}
		int received = credit.getIssuer().equals(this.destination) ? 0 : receive(draft);
		return (received != 0 || credit.getIssuer().equals(this.source)) ? received : send(draft);
	}

	private int lumens(LedgerDraft draft) {
		Account payer = Objects.requireNonNull(draft.account(this.source), "the source was checked");
		if (payer.spendable() < this.amount) {
			return UNDERFUNDED;
		}
		draft.put(payer.withBalance(payer.balance() - this.amount));
		Account payee = Objects.requireNonNull(draft.account(this.destination), "the destination was checked");
		if (Long.MAX_VALUE - payee.balance() < this.amount) {
			return LINE_FULL;
		}
		draft.put(payee.withBalance(payee.balance() + this.amount));
		return 0;
	}

	private int receive(LedgerDraft draft) {
		Trustline line = draft.trustline(this.destination, this.asset);
		if (line == null) {
			return NO_TRUST;
		}
		if (!line.authorized()) {
			return NOT_AUTHORIZED;
		}
		if (line.limit() - line.balance() < this.amount) {
			return LINE_FULL;
		}
		draft.put(line.withBalance(line.balance() + this.amount));
		return 0;
	}

	private int send(LedgerDraft draft) {
		Trustline line = draft.trustline(this.source, this.asset);
		if (line == null) {
			return SOURCE_NO_TRUST;
		}
		if (!line.authorized()) {
			return SOURCE_NOT_AUTHORIZED;
		}
		if (line.balance() < this.amount) {
			return UNDERFUNDED;
		}
		draft.put(line.withBalance(line.balance() - this.amount));
		return 0;
	}

}
