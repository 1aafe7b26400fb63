package io.github.x402sessions.devnet.transaction;

import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.PreconditionType;
import org.stellar.sdk.xdr.Preconditions;
import org.stellar.sdk.xdr.Transaction;
import org.stellar.sdk.xdr.TransactionV0;

/**
 * Rewrites the first format of transactions into the present one, which has the same
 * hash.
 */
final class LegacyTransaction {

	private LegacyTransaction() {
	}

	static Transaction upgrade(TransactionV0 old) {
		Preconditions bounds = (old.getTimeBounds() != null)
				? new Preconditions.Builder().discriminant(PreconditionType.PRECOND_TIME)
					.timeBounds(old.getTimeBounds())
					.build()
				: new Preconditions.Builder().discriminant(PreconditionType.PRECOND_NONE).build();
		return new Transaction.Builder()
			.sourceAccount(new MuxedAccount.Builder().discriminant(CryptoKeyType.KEY_TYPE_ED25519)
				.ed25519(old.getSourceAccountEd25519())
				.build())
			.fee(old.getFee())
			.seqNum(old.getSeqNum())
			.cond(bounds)
			.memo(old.getMemo())
			.operations(old.getOperations())
			.ext(new Transaction.TransactionExt.Builder().discriminant(0).build())
			.build();
	}

}
