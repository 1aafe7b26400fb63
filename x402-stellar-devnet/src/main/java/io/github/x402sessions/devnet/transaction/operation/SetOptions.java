package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.SetOptionsOp;
import org.stellar.sdk.xdr.Signer;
import org.stellar.sdk.xdr.Uint32;

/**
 * Changes the authority over the source: its signers, weights and thresholds, and the
 * flags of an issuer; or its home domain. The inflation destination is refused before.
 */
final class SetOptions {

	private static final int LOW_RESERVE = -1;

	private static final int TOO_MANY_SIGNERS = -2;

	private static final int BAD_FLAGS = -3;

	private static final int CANT_CHANGE = -5;

	private static final int UNKNOWN_FLAG = -6;

	private static final int THRESHOLD_OUT_OF_RANGE = -7;

	private static final int BAD_SIGNER = -8;

	private static final int INVALID_HOME_DOMAIN = -9;

	private static final int AUTH_REVOCABLE_REQUIRED = -10;

	private static final int ALL_FLAGS = 15;

	private static final int MAX_WEIGHT = 255;

	private SetOptions() {
	}

	static boolean supports(SetOptionsOp operation) {
		return operation.getInflationDest() == null
				&& (operation.getSigner() == null || !Authority.name(operation.getSigner().getKey()).isEmpty());
	}

	static boolean changesAuthority(SetOptionsOp operation) {
		return operation.getMasterWeight() != null || operation.getLowThreshold() != null
				|| operation.getMedThreshold() != null || operation.getHighThreshold() != null
				|| operation.getSigner() != null;
	}

	static int check(SetOptionsOp operation, String source) {
		long set = number(operation.getSetFlags(), 0);
		long clear = number(operation.getClearFlags(), 0);
		if ((set | clear) > ALL_FLAGS) {
			return UNKNOWN_FLAG;
		}
		if ((set & clear) != 0) {
			return BAD_FLAGS;
		}
		if ((number(operation.getMasterWeight(), 0) | number(operation.getLowThreshold(), 0)
				| number(operation.getMedThreshold(), 0) | number(operation.getHighThreshold(), 0)) > MAX_WEIGHT) {
			return THRESHOLD_OUT_OF_RANGE;
		}
		Signer signer = operation.getSigner();
		if (signer != null
				&& (Authority.name(signer.getKey()).equals(source) || number(signer.getWeight(), 0) > MAX_WEIGHT)) {
			return BAD_SIGNER;
		}
		return (operation.getHomeDomain() != null && !PrintableText.isValid(operation.getHomeDomain().getString32()))
				? INVALID_HOME_DOMAIN : 0;
	}

	static int apply(SetOptionsOp operation, String source, LedgerDraft draft) {
		Account account = Objects.requireNonNull(draft.account(source), "the source was checked");
		Authority old = account.authority();
		long set = number(operation.getSetFlags(), 0);
		long clear = number(operation.getClearFlags(), 0);
		if ((set | clear) != 0 && old.has(Authority.IMMUTABLE)) {
			return CANT_CHANGE;
		}
		int flags = (int) ((old.flags() & ~clear) | set);
		if ((flags & Authority.CLAWBACK) != 0 && (flags & Authority.REVOCABLE) == 0) {
			return AUTH_REVOCABLE_REQUIRED;
		}
		Account changed = account
			.withAuthority(new Authority((int) number(operation.getMasterWeight(), old.master()),
					(int) number(operation.getLowThreshold(), old.low()),
					(int) number(operation.getMedThreshold(), old.medium()),
					(int) number(operation.getHighThreshold(), old.high()), old.signers(), flags))
			.withHomeDomain((operation.getHomeDomain() != null)
					? PrintableText.of(operation.getHomeDomain().getString32()) : account.homeDomain());
		return (operation.getSigner() != null) ? sign(changed, operation.getSigner(), draft) : put(changed, draft);
	}

	private static int sign(Account account, Signer signer, LedgerDraft draft) {
		String key = Authority.name(signer.getKey());
		long weight = signer.getWeight().getUint32().getNumber();
		Authority changed = account.authority().withSigner(key, (int) weight);
		if (changed.signers().size() > Authority.MAX_SIGNERS) {
			return TOO_MANY_SIGNERS;
		}
		int added = changed.signers().size() - account.authority().signers().size();
		Account counted = account.withAuthority(changed).withSubEntries(account.subEntries() + added);
		if (added > 0 && counted.balance() < counted.minimumBalance()) {
			return LOW_RESERVE;
		}
		return put(counted, draft);
	}

	private static int put(Account account, LedgerDraft draft) {
		draft.put(account);
		return 0;
	}

	private static long number(@Nullable Uint32 value, long otherwise) {
		return (value != null) ? value.getUint32().getNumber() : otherwise;
	}

}
