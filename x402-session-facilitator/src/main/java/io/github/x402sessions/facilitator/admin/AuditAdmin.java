package io.github.x402sessions.facilitator.admin;

import java.io.ByteArrayOutputStream;
import java.util.List;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.audit.AuditHead;
import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.audit.AuditRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The audit log, as lines of JSON. Thread-safe.
 */
final class AuditAdmin implements AdminResource {

	private static final Logger logger = LoggerFactory.getLogger(AuditAdmin.class);

	/** Names the last row of all. */
	private static final String HEAD = "Audit-Head";

	private static final MediaType JSON_LINES = MediaType.parseMediaType("application/jsonl");

	private final AuditLog log;

	AuditAdmin(AuditLog log) {
		this.log = log;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/audit", this::export);
	}

	private ServerResponse export(ServerRequest request) {
		long after = AdminRequest.number(request, "after", 0);
		List<AuditRecord> rows = this.log.after(after, AdminRequest.count(request, AuditLog.MOST, AuditLog.MOST));
		AuditHead head = this.log.head();
		logger.info("The audit log is exported after row {}; its last row is {}", after, head);
		long next = rows.isEmpty() ? after : rows.get(rows.size() - 1).number();
		return ServerResponse.ok()
			.contentType(JSON_LINES)
			.cacheControl(CacheControl.noStore())
			.header(HEAD, head.toString())
			.header(HttpHeaders.LINK, "<" + AdminApi.PATH + "/audit?after=" + next + ">; rel=\"next\"")
			.body(lines(rows));
	}

	private static byte[] lines(List<AuditRecord> rows) {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		rows.forEach((row) -> {
			lines.writeBytes(WireJson.write(row));
			lines.write('\n');
		});
		return lines.toByteArray();
	}

}
