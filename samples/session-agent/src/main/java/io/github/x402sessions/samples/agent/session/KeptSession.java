package io.github.x402sessions.samples.agent.session;

import java.net.URI;
import java.util.Objects;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Content of a session file: the session, or how far its opening has come, and the key of
 * an account that was made for it, without which nobody could close it. <b>Holds
 * secrets.</b>
 *
 * @param session the session; {@code null} while it is being opened
 * @param opening what was sent to open it; {@code null} once it is open
 * @param secretKey the key of the account that pays; {@code null} where it is the user's
 * own, which is kept nowhere
 */
public record KeptSession(@Nullable SavedSession session, @Nullable Opening opening, @Nullable String secretKey) {

	public KeptSession {
		if ((session == null) == (opening == null)) {
			throw new MalformedMessageException("'session' is missing");
		}
	}

	static KeptSession fromJson(byte[] json) {
		return WireJson.read(json, KeptSession.class);
	}

	byte[] toJson() {
		return WireJson.write(this);
	}

	public SavedSession requireSession() {
		return Objects.requireNonNull(this.session);
	}

	public Opening requireOpening() {
		return Objects.requireNonNull(this.opening);
	}

	/** The only one that is paid. */
	public String recipient() {
		return (this.session != null) ? this.session.recipient() : requireOpening().recipient();
	}

	/** The account that pays. */
	public String user() {
		return (this.session != null) ? this.session.user() : requireOpening().user();
	}

	/** The facilitator's base URL. */
	public URI facilitator() {
		return URI.create((this.session != null) ? this.session.facilitator() : requireOpening().facilitator());
	}

	/** The same account's session, once it is open. */
	public KeptSession opened(SavedSession saved) {
		return new KeptSession(saved, null, this.secretKey);
	}

	@Override
	public String toString() {
		return "KeptSession[session=" + this.session + ", opening=" + this.opening + ", secretKey=***]";
	}

}
