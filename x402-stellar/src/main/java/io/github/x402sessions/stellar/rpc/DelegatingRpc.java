package io.github.x402sessions.stellar.rpc;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Puts every question to another {@link StellarRpc}, in a way that subclasses say.
 */
public abstract class DelegatingRpc implements StellarRpc {

	/**
	 * Put one question.
	 * @param <T> what the answer is
	 * @param question the question
	 * @return the answer
	 * @throws RpcException if there is no usable one
	 */
	protected abstract <T> T ask(Function<StellarRpc, T> question);

	@Override
	public String networkPassphrase() {
		return ask(StellarRpc::networkPassphrase);
	}

	@Override
	public LatestLedger latestLedger() {
		return ask(StellarRpc::latestLedger);
	}

	@Override
	public Health health() {
		return ask(StellarRpc::health);
	}

	@Override
	public TransactionLookup transaction(String hash) {
		return ask((rpc) -> rpc.transaction(hash));
	}

	@Override
	public Submission send(String envelope) {
		return ask((rpc) -> rpc.send(envelope));
	}

	@Override
	public Simulation simulate(String envelope) {
		return ask((rpc) -> rpc.simulate(envelope));
	}

	@Override
	public LedgerEntries entries(Collection<String> keys) {
		return ask((rpc) -> rpc.entries(keys));
	}

	@Override
	public long inclusionFee() {
		return ask(StellarRpc::inclusionFee);
	}

	@Override
	public EventPage events(String contract, List<List<String>> topics, long startLedger, @Nullable String cursor) {
		return ask((rpc) -> rpc.events(contract, topics, startLedger, cursor));
	}

}
