package io.github.x402sessions.devnet.transaction.operation;

import java.nio.charset.StandardCharsets;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeCreditAlphaNum;
import org.stellar.sdk.xdr.AccountID;
import org.stellar.sdk.xdr.ChangeTrustAsset;
import org.stellar.sdk.xdr.ChangeTrustOp;

/**
 * Opens, limits or closes a trustline of the source.
 */
final class ChangeTrust {

	private static final int MALFORMED = -1;

	private static final int NO_ISSUER = -2;

	private static final int INVALID_LIMIT = -3;

	private static final int LOW_RESERVE = -4;

	private ChangeTrust() {
	}

	/** Whether the line is for an asset and not for shares of a pool. */
	static boolean supports(ChangeTrustOp operation) {
		return operation.getLine().getLiquidityPool() == null;
	}

	static int check(ChangeTrustOp operation, String source) {
		return (operation.getLimit().getInt64() < 0
				|| !(asset(operation.getLine()) instanceof AssetTypeCreditAlphaNum asset)
				|| asset.getIssuer().equals(source)) ? MALFORMED : 0;
	}

	static int apply(ChangeTrustOp operation, String source, LedgerDraft draft) {
		long limit = operation.getLimit().getInt64();
		AssetTypeCreditAlphaNum asset = (AssetTypeCreditAlphaNum) asset(operation.getLine());
		Trustline line = draft.trustline(source, asset);
		if (limit < ((line != null) ? line.balance() : 1)) {
			return INVALID_LIMIT;
		}
		if (line != null && limit == 0) {
			draft.remove(line.key());
			SubEntries.remove(source, draft);
			return 0;
		}
		Account issuer = draft.account(asset.getIssuer());
		if (issuer == null) {
			return NO_ISSUER;
		}
		if (line == null) {
			draft.put(Trustline.opened(source, asset).withLimit(limit).withFlags(flags(issuer.authority())));
			return SubEntries.add(source, draft) ? 0 : LOW_RESERVE;
		}
		draft.put(line.withLimit(limit));
		return 0;
	}

	private static int flags(Authority issuer) {
		return (issuer.has(Authority.REQUIRED) ? 0 : Trustline.AUTHORIZED)
				| (issuer.has(Authority.CLAWBACK) ? Trustline.CLAWBACK : 0);
	}

	private static Asset asset(ChangeTrustAsset line) {
		return switch (line.getDiscriminant()) {
			case ASSET_TYPE_CREDIT_ALPHANUM4 ->
				credit(line.getAlphaNum4().getAssetCode().getAssetCode4(), line.getAlphaNum4().getIssuer());
			case ASSET_TYPE_CREDIT_ALPHANUM12 ->
				credit(line.getAlphaNum12().getAssetCode().getAssetCode12(), line.getAlphaNum12().getIssuer());
			default -> Asset.create("native");
		};
	}

	private static Asset credit(byte[] paddedCode, AccountID issuer) {
		String code = new String(paddedCode, StandardCharsets.US_ASCII).replace("\0", "");
		return Asset.create(null, code, Strkeys.of(issuer));
	}

}
