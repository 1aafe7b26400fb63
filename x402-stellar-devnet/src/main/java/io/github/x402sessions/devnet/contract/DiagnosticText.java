package io.github.x402sessions.devnet.contract;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.xdr.MuxedAddress;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * Writes a failed call as the RPC server's {@code error} text: the error, then the log,
 * newest first.
 */
final class DiagnosticText {

	private DiagnosticText() {
	}

	static String of(HostError error, List<DiagnosticEvent> log) {
		String lines = IntStream.range(0, log.size())
			.mapToObj((line) -> "   " + line + ": " + line(log.get(log.size() - 1 - line).getEvent()) + "\n")
			.collect(Collectors.joining());
		return "HostError: " + error.text() + "\n\nEvent log (newest first):\n" + lines;
	}

	private static String line(ContractEvent event) {
		ContractEvent.ContractEventBody.ContractEventV0 body = event.getBody().getV0();
		Hash contract = event.getContractID();
		String kind = switch (event.getType()) {
			case DIAGNOSTIC -> "[Diagnostic Event]";
			case CONTRACT -> "[Contract Event]";
			case SYSTEM -> "[System Event]";
		};
		String origin = (contract != null) ? " contract:" + StrKey.encodeContract(contract.getHash()) + "," : "";
		return kind + origin + " topics:" + topics(body.getTopics()) + ", data:" + text(body.getData());
	}

	private static String topics(SCVal[] topics) {
		boolean call = "fn_call".equals(text(topics[0]));
		return Arrays.stream(topics)
			.map((topic) -> (call && topic.getBytes() != null) ? StrKey.encodeContract(topic.getBytes().getSCBytes())
					: text(topic))
			.collect(Collectors.joining(", ", "[", "]"));
	}

	private static String text(SCVal value) {
		return switch (value.getDiscriminant()) {
			case SCV_VOID -> "Void";
			case SCV_BOOL -> value.getB().toString();
			case SCV_U32 -> Long.toString(Scv.fromUint32(value));
			case SCV_I32 -> Integer.toString(Scv.fromInt32(value));
			case SCV_U64 -> Scv.fromUint64(value).toString();
			case SCV_I64 -> Long.toString(Scv.fromInt64(value));
			case SCV_U128 -> Scv.fromUint128(value).toString();
			case SCV_I128 -> Scv.fromInt128(value).toString();
			case SCV_SYMBOL -> Scv.fromSymbol(value);
			case SCV_STRING -> '"' + value.getStr().getSCString().toString() + '"';
			case SCV_BYTES -> "Bytes(" + HexFormat.of().formatHex(Scv.fromBytes(value)) + ")";
			case SCV_ADDRESS -> Scv.fromAddress(value).toString();
			case SCV_ERROR -> HostError.of(value.getError()).text();
			case SCV_VEC ->
				Scv.fromVec(value).stream().map(DiagnosticText::text).collect(Collectors.joining(", ", "[", "]"));
			case SCV_MAP -> Scv.fromMap(value)
				.entrySet()
				.stream()
				.map((entry) -> text(entry.getKey()) + ": " + text(entry.getValue()))
				.collect(Collectors.joining(", ", "{", "}"));
			case SCV_CONTRACT_INSTANCE -> instance(MuxedAddress.of(value));
			default -> value.getDiscriminant().name();
		};
	}

	private static String instance(@Nullable MuxedAddress muxed) {
		return (muxed != null) ? muxed.toString() : SCValType.SCV_CONTRACT_INSTANCE.name();
	}

}
