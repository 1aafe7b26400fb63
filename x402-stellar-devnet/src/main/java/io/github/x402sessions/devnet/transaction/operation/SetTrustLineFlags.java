package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeCreditAlphaNum;
import org.stellar.sdk.xdr.SetTrustLineFlagsOp;

/**
 * Authorizes the holder of an asset to move it, or revokes that: the issuer's right.
 */
final class SetTrustLineFlags {

	private static final int MALFORMED = -1;

	private static final int NO_TRUST_LINE = -2;

	private static final int CANT_REVOKE = -3;

	private static final int INVALID_STATE = -4;

	private static final int AUTHORIZATION = Trustline.AUTHORIZED | Trustline.MAINTAIN_LIABILITIES;

	private SetTrustLineFlags() {
	}

	static int check(SetTrustLineFlagsOp operation, String source) {
		Asset asset = Asset.fromXdr(operation.getAsset());
		long set = set(operation);
		long clear = clear(operation);
		return (!(asset instanceof AssetTypeCreditAlphaNum credit) || !credit.getIssuer().equals(source)
				|| Strkeys.of(operation.getTrustor()).equals(source) || (set & clear) != 0
				|| (set & ~AUTHORIZATION) != 0 || (set & AUTHORIZATION) == AUTHORIZATION
				|| (clear & ~(AUTHORIZATION | Trustline.CLAWBACK)) != 0) ? MALFORMED : 0;
	}

	static int apply(SetTrustLineFlagsOp operation, String source, LedgerDraft draft) {
		long clear = clear(operation);
		Authority issuer = Objects.requireNonNull(draft.account(source), "the source was checked").authority();
		if ((clear & AUTHORIZATION) != 0 && !issuer.has(Authority.REVOCABLE)) {
			return CANT_REVOKE;
		}
		Trustline line = draft.trustline(Strkeys.of(operation.getTrustor()), Asset.fromXdr(operation.getAsset()));
		if (line == null) {
			return NO_TRUST_LINE;
		}
		int flags = (int) ((line.flags() & ~clear) | set(operation));
		if ((flags & AUTHORIZATION) == AUTHORIZATION) {
			return INVALID_STATE;
		}
		draft.put(line.withFlags(flags));
		return 0;
	}

	private static long set(SetTrustLineFlagsOp operation) {
		return operation.getSetFlags().getUint32().getNumber();
	}

	private static long clear(SetTrustLineFlagsOp operation) {
		return operation.getClearFlags().getUint32().getNumber();
	}

}
