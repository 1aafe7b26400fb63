package io.github.x402sessions.devnet.transaction;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeCreditAlphaNum;
import org.stellar.sdk.xdr.SetTrustLineFlagsOp;

/**
 * Lets the holder of an asset move it, or forbids it: the issuer's right.
 */
final class SetTrustLineFlags {

	private static final int MALFORMED = -1;

	private static final int NO_TRUST_LINE = -2;

	private static final int CANT_REVOKE = -3;

	private static final int INVALID_STATE = -4;

	private static final int AUTHORIZATION = Trustline.AUTHORIZED | Trustline.MAINTAIN_LIABILITIES;

	private SetTrustLineFlags() {
	}

	static int apply(SetTrustLineFlagsOp operation, String source, LedgerDraft draft) {
		String trustor = Strkeys.of(operation.getTrustor());
		Asset asset = Asset.fromXdr(operation.getAsset());
		long set = operation.getSetFlags().getUint32().getNumber();
		long clear = operation.getClearFlags().getUint32().getNumber();
		if (!(asset instanceof AssetTypeCreditAlphaNum credit) || !credit.getIssuer().equals(source)
				|| trustor.equals(source) || (set & clear) != 0 || (set & ~AUTHORIZATION) != 0
				|| (set & AUTHORIZATION) == AUTHORIZATION || (clear & ~(AUTHORIZATION | Trustline.CLAWBACK)) != 0) {
			return MALFORMED;
		}
		Authority issuer = Objects.requireNonNull(draft.account(source), "the source was checked").authority();
		if ((clear & AUTHORIZATION) != 0 && !issuer.has(Authority.REVOCABLE)) {
			return CANT_REVOKE;
		}
		Trustline line = draft.trustline(trustor, asset);
		if (line == null) {
			return NO_TRUST_LINE;
		}
		int flags = (int) ((line.flags() & ~clear) | set);
		if ((flags & AUTHORIZATION) == AUTHORIZATION) {
			return INVALID_STATE;
		}
		draft.put(line.withFlags(flags));
		return 0;
	}

}
