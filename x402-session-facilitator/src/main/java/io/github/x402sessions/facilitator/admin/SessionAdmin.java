package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.session.ListedSession;
import io.github.x402sessions.facilitator.session.PastCalls;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionDirectory;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Sessions: found by payer or handle, frozen for a while, closed for good. What a session
 * has set aside or promised is paid all the same. Thread-safe.
 */
final class SessionAdmin implements AdminResource {

	private static final Pattern HANDLE = Pattern.compile("[0-9a-f]{16}");

	private static final int USUAL = 100;

	private final SessionDirectory directory;

	private final SessionRepository sessions;

	private final PastCalls calls;

	private final Audit audit;

	SessionAdmin(SessionDirectory directory, SessionRepository sessions, PastCalls calls, Audit audit) {
		this.directory = directory;
		this.sessions = sessions;
		this.calls = calls;
		this.audit = audit;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/sessions", this::find)
			.GET("/sessions/{handle}", this::show)
			.POST("/sessions/{handle}/freeze",
					(request) -> change(request, "session.freeze", (key) -> this.sessions.freeze(key, true)))
			.POST("/sessions/{handle}/unfreeze",
					(request) -> change(request, "session.unfreeze", (key) -> this.sessions.freeze(key, false)))
			.POST("/sessions/{handle}/close",
					(request) -> change(request, "session.close", (key) -> this.sessions.end(key, SessionEnd.REVOKED)));
	}

	private ServerResponse find(ServerRequest request) {
		String payer = AdminRequest.required(request.param("payer").orElse(null), "payer");
		int count = AdminRequest.count(request, USUAL, SessionDirectory.MOST);
		return JsonResponses.of(HttpStatus.OK, Map.of("sessions",
				this.directory.ofPayer(payer, count).stream().map((listed) -> AdminSession.of(listed, null)).toList()));
	}

	private ServerResponse show(ServerRequest request) {
		List<ListedSession> found = listed(request);
		return (found.size() == 1) ? shown(found.get(0)) : notOne(found);
	}

	private List<ListedSession> listed(ServerRequest request) {
		String handle = request.pathVariable("handle");
		if (!HANDLE.matcher(handle).matches()) {
			throw new MalformedMessageException("'handle' is not the 16 hex digits of a receipt's 'session.id'");
		}
		return this.directory.byHandle(handle);
	}

	private static ServerResponse notOne(List<ListedSession> found) {
		return found.isEmpty() ? JsonResponses.error(HttpStatus.NOT_FOUND, "session_not_found")
				: JsonResponses.error(HttpStatus.CONFLICT, "several sessions have this handle");
	}

	private ServerResponse shown(ListedSession listed) {
		return JsonResponses.of(HttpStatus.OK, AdminSession.of(listed, this.calls.of(listed.session())));
	}

	private ServerResponse change(ServerRequest request, String action, Consumer<String> change) throws IOException {
		String reason = AdminRequest.body(request, StatedReason.class).reason();
		List<ListedSession> found = listed(request);
		if (found.size() != 1) {
			return notOne(found);
		}
		ListedSession listed = found.get(0);
		Actor actor = AdminRequest.actor(request);
		Change made = this.audit.together(() -> change(listed.session().key(), change),
				(sessions) -> AuditEntry.done(actor, action, "session " + listed.handle(),
						AdminSession.status(sessions.before()), AdminSession.status(sessions.after()), reason));
		return shown(new ListedSession(listed.handle(), listed.opened(), made.after()));
	}

	private Change change(String key, Consumer<String> change) {
		Session before = this.sessions.lock(key);
		change.accept(key);
		return new Change(before, this.sessions.get(key));
	}

	/**
	 * Change of a session.
	 *
	 * @param before the session as it was
	 * @param after the session as it is
	 */
	private record Change(Session before, Session after) {
	}

}
