package dev.slope.export;

import com.google.protobuf.ByteString;
import dev.slope.config.Json;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.export.savedmodel.TfRecords;
import dev.slope.features.FittedLabels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands beside a model for servers and those who ask them. */
final class RequestFiles {
  static final String SAMPLES = "requests.json";

  /** The name by which TensorFlow Serving finds requests to answer before it serves. */
  static final String WARMUP = "tf_serving_warmup_requests";

  private final ExportRequest request;
  private final ServingInputs inputs;
  private final ServingRequests requests;
  private final String exampleSignature;

  RequestFiles(ExportRequest request) {
    this.request = request;
    this.inputs = request.graph().inputs();
    this.requests = new ServingRequests(request.name(), inputs);
    this.exampleSignature = exampleSignature(request.graph().labels());
  }

  /** The signature that takes examples; empty where there is none. */
  private static String exampleSignature(FittedLabels labels) {
    if (labels instanceof FittedLabels.Classes classes) {
      return classes.hasProbabilities() ? ServingSignatures.CLASSIFY : "";
    }
    return labels.outputs().size() == 1 ? ServingSignatures.REGRESS : "";
  }

  /** Writes the samples, and requests to warm up with where they are wanted. */
  void write(Path directory) throws IOException {
    DurableFile.write(
        directory.resolve(SAMPLES),
        out -> out.write(Json.write(samples()).getBytes(StandardCharsets.UTF_8)));
    if (request.warmupRows() > 0) {
      DurableFile.write(directory.resolve(WARMUP), out -> TfRecords.write(warmup(), out));
    }
  }

  private Map<String, Object> samples() {
    RequestRow row = RequestRow.usual(inputs);
    Map<String, Object> grpc = new LinkedHashMap<>();
    grpc.put("method", "tensorflow.serving.PredictionService/Predict");
    grpc.put("request", requests.predictText(row));
    Map<String, Object> samples = new LinkedHashMap<>();
    samples.put("rest", requests.rest(row, exampleSignature));
    samples.put("grpc", grpc);
    return samples;
  }

  private List<ByteString> warmup() {
    List<ByteString> logs = new ArrayList<>();
    for (RequestRow row :
        RequestRow.first(inputs.columns(), request.proofRows(), request.warmupRows())) {
      logs.add(requests.predictLog(row));
      if (!exampleSignature.isEmpty()) {
        logs.add(requests.exampleLog(exampleSignature, row));
      }
    }
    return logs;
  }
}
