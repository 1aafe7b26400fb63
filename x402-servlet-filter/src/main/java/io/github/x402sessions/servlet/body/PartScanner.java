package io.github.x402sessions.servlet.body;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.body.RefusedBodyException;

/**
 * Finds the delimiters of a multipart body (RFC 2046) in one pass. A line that only
 * begins like one is content.
 */
final class PartScanner {

	/** How long the headers of a part may be, bytes. */
	private static final int MAX_HEAD = 8 * 1024;

	private final InputStream body;

	private final byte[] delimiter;

	private long position;

	/** How much of a delimiter was just read; the body's beginning is a line's. */
	private int matched = 2;

	private boolean atEnd;

	PartScanner(InputStream body, String boundary) {
		this.body = new BufferedInputStream(body, 16 * 1024);
		this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
	}

	/** Whether the last delimiter was the one that ends the body. */
	boolean isAtEnd() {
		return this.atEnd;
	}

	/** How much was read, bytes. */
	long position() {
		return this.position;
	}

	/**
	 * Read up to the end of the next delimiter's line.
	 * @return where it begins, which is where the content before it ends
	 * @throws RefusedBodyException if there is none
	 */
	long toDelimiter() throws IOException {
		while (true) {
			int read = require();
			this.matched = (read == this.delimiter[this.matched]) ? this.matched + 1 : begun(read);
			if (this.matched == this.delimiter.length) {
				long begin = this.position - this.delimiter.length;
				if (endsLine()) {
					this.matched = 0;
					return begin;
				}
			}
		}
	}

	/** The end of the body is told from more of the line, both from content. */
	private boolean endsLine() throws IOException {
		int read = require();
		if (read == '-') {
			read = require();
			this.atEnd = read == '-';
			this.matched = begun(read);
			return this.atEnd;
		}
		while (read == ' ' || read == '\t') {
			read = require();
		}
		if (read == '\r') {
			read = require();
			this.matched = begun(read);
			return read == '\n';
		}
		this.matched = begun(read);
		return false;
	}

	/** A delimiter begins with the only carriage return that it has. */
	private static int begun(int read) {
		return (read == '\r') ? 1 : 0;
	}

	/**
	 * Read the headers of a part, up to and with the empty line.
	 * @throws RefusedBodyException if they do not end, or are too long
	 */
	byte[] head() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		byte[] end = { '\r', '\n', '\r', '\n' };
		int ended = 2;
		while (ended < end.length) {
			int read = require();
			head.write(read);
			if (head.size() > MAX_HEAD) {
				throw RefusedBodyException.malformedForm();
			}
			ended = (read == end[ended]) ? ended + 1 : begun(read);
		}
		return head.toByteArray();
	}

	private int require() throws IOException {
		int read = this.body.read();
		if (read < 0) {
			throw RefusedBodyException.malformedForm();
		}
		this.position++;
		return read;
	}

}
