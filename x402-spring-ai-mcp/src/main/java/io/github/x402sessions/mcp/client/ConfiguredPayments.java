package io.github.x402sessions.mcp.client;

import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionWallet;
import io.github.x402sessions.client.X402Client;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds who pays: the application's {@link X402Client}, else its {@link SessionWallet},
 * else its {@link Session}.
 */
final class ConfiguredPayments {

	private final ObjectProvider<X402Client> clients;

	private final ObjectProvider<SessionWallet> wallets;

	private final ObjectProvider<Session> sessions;

	ConfiguredPayments(ObjectProvider<X402Client> clients, ObjectProvider<SessionWallet> wallets,
			ObjectProvider<Session> sessions) {
		this.clients = clients;
		this.wallets = wallets;
		this.sessions = sessions;
	}

	/** Who pays; nobody where there is none, or two of a kind and none is the primary. */
	Optional<Payments> find() {
		return Stream
			.of(Optional.ofNullable(this.clients.getIfUnique()).map(X402Client::payments),
					Optional.ofNullable(this.wallets.getIfUnique()).map(SessionWallet::payments),
					Optional.ofNullable(this.sessions.getIfUnique()).map(Session::payments))
			.flatMap(Optional::stream)
			.findFirst();
	}

}
