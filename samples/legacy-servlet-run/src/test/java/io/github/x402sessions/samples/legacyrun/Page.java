package io.github.x402sessions.samples.legacyrun;

import java.net.URI;
import java.net.http.HttpRequest;

/**
 * The pages of the web application, each made in another way.
 */
enum Page {

	/** Written by a servlet. */
	WRITTEN("/report?month=2010-03"),

	/** Flushed, and then included by the name of a servlet. */
	NAMED("/print?month=2010-03"),

	/** Forwarded to a JSP by a dispatcher of the context. */
	CONTEXT("/figures?month=2010-03"),

	/** Dispatched by another thread to a servlet that forwards it. */
	ASYNCHRONOUS("/later?month=2010-03"),

	/** Forwarded by a JSP. */
	FORWARDED("/latest.jsp"),

	/** Put together by a JSP out of JSPs and servlets, with flushes between. */
	INCLUDED("/summary.jsp"),

	/** Written without blocking, and longer than what the filter holds. */
	NON_BLOCKING("/export"),

	/** Made of an uploaded file. */
	UPLOADED("/upload") {
		@Override
		HttpRequest.Builder request(int port) {
			String body = """
					--cut
					Content-Disposition: form-data; name="file"; filename="sales.txt"

					%s--cut--
					""".formatted("17\n".repeat(500)).replace("\n", "\r\n");
			return super.request(port).header("Content-Type", "multipart/form-data; boundary=cut")
				.POST(HttpRequest.BodyPublishers.ofString(body));
		}
	},

	/** Thrown by a JSP, whose error page another JSP is. */
	ERROR_PAGE("/broken.jsp"),

	/** Thrown by a servlet, and shown by a JSP in an error dispatch. */
	THROWN("/figures?month=1999-12"),

	/** Thrown after an asynchronous dispatch. */
	THROWN_LATER("/later?month=1999-12"),

	/** Sent as an error by a servlet, and shown by a JSP in an error dispatch. */
	SENT_ERROR("/report?month=soon"),

	/** Sent as an error by a servlet that a JSP has been dispatched to. */
	SENT_ERROR_LATER("/later");

	private final String path;

	Page(String path) {
		this.path = path;
	}

	HttpRequest.Builder request(int port) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + this.path));
	}

}
