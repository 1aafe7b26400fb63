package io.github.x402sessions.stellar.exact;

import java.time.Duration;
import java.util.Base64;
import java.util.List;

import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.EventPage;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.Simulation;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * Makes transfers that their payer signs and somebody else sends and pays the fee of: the
 * payer's side of the {@code exact} scheme. What a node proposes is looked at and never
 * signed: the authorisation is made here, of the one call that the payer wants. Nothing
 * is ever sent. Thread-safe.
 */
public final class TransferAuthorisations {

	/**
	 * What stock facilitators pay for a transfer at most, stroops: they refuse an
	 * envelope that has more.
	 */
	private static final long USUAL_MOST = 49_900;

	/** 1 XLM; a transfer costs less than a hundredth of it. */
	private static final long MOST_FEE = 10_000_000;

	/** Longer resources make a payment that no header holds, bytes. */
	private static final int MOST_RESOURCES = 8 * 1024;

	private static final String ANY = "*";

	private final StellarRpc rpc;

	private final String passphrase;

	/**
	 * Create it. Nothing is asked yet.
	 * @param rpc the node to ask, one of the network's
	 * @param passphrase the network's passphrase, which every signature covers
	 */
	public TransferAuthorisations(StellarRpc rpc, String passphrase) {
		this.rpc = rpc;
		this.passphrase = passphrase;
	}

	/**
	 * Tell whether a text is an address that a transfer can be made to.
	 * @param text the text
	 * @return whether it is an account, a contract, or a shared account ({@code M…})
	 */
	public static boolean isRecipient(String text) {
		try {
			Recipient.of(text);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Prepare a transfer: ask the node whether it would succeed and needs the payer's
	 * authorisation of that call alone. Nothing is signed.
	 * @param transfer what is to be transferred; the recipient may be a shared account
	 * @param name what is paid for: of all that is signed for one name the ledger takes
	 * one at a time
	 * @param timeout how long the transfer may be made, at least a second
	 * @return what the payer is to sign
	 * @throws ChainException if the node gives no usable answer, the transfer would fail,
	 * or it needs another authorisation
	 * @throws IllegalArgumentException if it is no transfer
	 */
	public UnsignedTransfer prepare(Transfer transfer, String name, Duration timeout) {
		TransferCall call = TransferCall.of(transfer, this.passphrase);
		long latest = this.rpc.latestLedger().sequence();
		UnsignedTransfer unsigned = new UnsignedTransfer(call,
				AuthorisationNonce.of(this.passphrase, transfer.from(), name), latest,
				checkedLedger(latest) + LedgerTime.ledgers(timeout));
		List<String> needed = succeeding(this.rpc.simulate(call.unauthorised())).authorisations();
		if (needed.size() != 1 || !unsigned.isProposedBy(needed.get(0))) {
			throw new ChainException("the transfer would need another authorisation than the payer's of that call",
					null);
		}
		return unsigned;
	}

	/**
	 * Complete a transfer that was signed with what it needs: stock facilitators find
	 * that in it.
	 * @param transfer the transfer
	 * @return the transaction that goes to the facilitator, base64 XDR
	 * @throws ChainException if the node gives no usable answer, or the transfer would
	 * fail as it is signed
	 */
	public String complete(AuthorisedTransfer transfer) {
		Simulation simulation = succeeding(this.rpc.simulate(transfer.call().authorised(transfer.entry())));
		long fee = simulation.minResourceFee();
		if (fee < 0 || fee > MOST_FEE) {
			throw new ChainException("the simulated transfer has a resource fee of " + fee + " stroops where at most "
					+ MOST_FEE + " are expected", null);
		}
		return transfer.call()
			.complete(transfer.entry(), resources(String.valueOf(simulation.transactionData())), withMargin(fee));
	}

	/**
	 * Ask what became of a transfer that was signed.
	 * @param transfer the transfer
	 * @return what is known for certain
	 * @throws RpcException if there is no usable answer
	 */
	public TransferFate fate(AuthorisedTransfer transfer) {
		String key = transfer.nonce().ledgerKey();
		if (this.rpc.entries(List.of(key)).byKey().containsKey(key)) {
			return TransferFate.MADE;
		}
		LatestLedger ledger = this.rpc.latestLedger();
		if (ledger.sequence() <= transfer.lastLedger() || ledger.oldest() > transfer.signedAt()) {
			return TransferFate.OPEN;
		}
		return fateByEvents(transfer);
	}

	/** The ledger forgets the number with its last ledger; what was moved tells then. */
	private TransferFate fateByEvents(AuthorisedTransfer transfer) {
		String asset = transfer.transfer().asset();
		List<List<String>> topics = topics(transfer.transfer().from());
		EventPage page = this.rpc.events(asset, topics, transfer.signedAt(), null);
		while (true) {
			for (EventPage.Event event : page.events()) {
				TransferFate told = fateBy(event, transfer);
				if (told != TransferFate.OVER) {
					return told;
				}
			}
			if (page.isLast()) {
				return (page.latestLedger() > transfer.lastLedger()) ? TransferFate.OVER : TransferFate.OPEN;
			}
			page = this.rpc.events(asset, topics, 0, page.cursor());
		}
	}

	private TransferFate fateBy(EventPage.Event event, AuthorisedTransfer transfer) {
		if (event.ledger() > transfer.lastLedger()) {
			return TransferFate.OVER;
		}
		String envelope = this.rpc.transaction(event.transaction()).envelope();
		if (envelope == null) {
			return TransferFate.OPEN;
		}
		try {
			return WireBytes.contains(Base64.getDecoder().decode(envelope), transfer.nonce().bytes())
					? TransferFate.MADE : TransferFate.OVER;
		}
		catch (IllegalArgumentException ex) {
			return TransferFate.OPEN;
		}
	}

	/** A token tells of a transfer with the name of its asset, or without. */
	private static List<List<String>> topics(String from) {
		String transfer = base64(Scv.toSymbol("transfer"));
		String payer = base64(Scv.toAddress(from));
		return List.of(List.of(transfer, payer, ANY, ANY), List.of(transfer, payer, ANY));
	}

	private static String base64(SCVal value) {
		return Base64.getEncoder().encodeToString(WireBytes.of(value::toXdrByteArray));
	}

	private static long checkedLedger(long ledger) {
		if (ledger < 1 || ledger > Integer.MAX_VALUE) {
			throw new RpcException("the Stellar RPC answered with a ledger that cannot be", null);
		}
		return ledger;
	}

	private static Simulation succeeding(Simulation simulation) {
		if (simulation.error() != null) {
			int error = simulation.contractError();
			throw new ChainException((error != 0) ? "the transfer would fail with error " + error + " of the asset"
					: "the transfer would fail", null);
		}
		return simulation;
	}

	private static byte[] resources(String base64) {
		if (base64.length() > MOST_RESOURCES) {
			throw new ChainException("the simulation's resources are too long", null);
		}
		try {
			byte[] resources = Base64.getDecoder().decode(base64);
			if (resources.length % Integer.BYTES == 0 && resources.length > Long.BYTES) {
				return resources;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new ChainException("the simulation's resources cannot be read", null);
	}

	/**
	 * A little more than is needed, as a facilitator asks another node a ledger later;
	 * not so much more that it is refused for that.
	 */
	private static long withMargin(long fee) {
		return Math.max(fee, Math.min(USUAL_MOST, fee + fee / 10));
	}

}
