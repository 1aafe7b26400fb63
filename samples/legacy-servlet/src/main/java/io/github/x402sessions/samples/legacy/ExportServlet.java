package io.github.x402sessions.samples.legacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import javax.servlet.AsyncContext;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Writes all sales as CSV, without a thread that waits for a slow client.
 */
public class ExportServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final int SALES = 30_000;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AsyncContext export = request.startAsync();
		response.setContentType("text/csv");
		response.getOutputStream().setWriteListener(new Sales(export, response.getOutputStream()));
	}

	private static final class Sales implements WriteListener {

		private final AsyncContext export;

		private final ServletOutputStream out;

		private int written;

		private Sales(AsyncContext export, ServletOutputStream out) {
			this.export = export;
			this.out = out;
		}

		@Override
		public void onWritePossible() throws IOException {
			while (this.out.isReady()) {
				if (this.written == SALES) {
					this.export.complete();
					return;
				}
				String line = this.written + "," + this.written * 37 % 1000 + "\r\n";
				this.out.write(line.getBytes(StandardCharsets.US_ASCII));
				this.written++;
			}
		}

		@Override
		public void onError(Throwable failure) {
			this.export.complete();
		}

	}

}
