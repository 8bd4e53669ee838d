package dev.slope.training;

import dev.slope.graph.TensorFlowRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * What there is to run on.
 *
 * @param gpuNatives whether the natives on the class path are TensorFlow's CUDA build
 * @param driver whether an NVIDIA driver was found
 * @param visibleDevices CUDA_VISIBLE_DEVICES, where it is set
 * @param gpus the indices of the GPUs that TensorFlow sees, in order
 */
record Hardware(
    boolean gpuNatives, boolean driver, @Nullable String visibleDevices, List<Integer> gpus) {
  private static final String GPU_LIBRARY =
      "org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";

  Hardware {
    gpus = List.copyOf(gpus);
  }

  /** Looks. The CPU build of the natives sees no GPU, so with it TensorFlow isn't asked. */
  static Hardware detect() {
    boolean gpuNatives = TensorFlow.class.getClassLoader().getResource(GPU_LIBRARY) != null;
    return new Hardware(
        gpuNatives,
        hasDriver(),
        System.getenv("CUDA_VISIBLE_DEVICES"),
        gpuNatives ? visibleGpus() : List.of());
  }

  private static boolean hasDriver() {
    return Stream.of(
            "/proc/driver/nvidia/version",
            "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
            "/usr/lib64/libcuda.so.1",
            "/usr/local/nvidia/lib64/libcuda.so.1")
        .map(Path::of)
        .anyMatch(Files::exists);
  }

  /** Asks a bare native session; the Java API has no list of devices. */
  static List<Integer> visibleGpus() {
    List<Integer> gpus = new ArrayList<>();
    for (String device : deviceNames()) {
      int type = device.lastIndexOf("/device:GPU:");
      if (type >= 0) {
        gpus.add(Integer.valueOf(device.substring(type + "/device:GPU:".length())));
      }
    }
    return gpus;
  }

  /** The full names of all devices, CPU included. */
  static List<String> deviceNames() {
    TensorFlowRuntime.load();
    List<String> names = new ArrayList<>();
    try (TF_Graph graph = TF_Graph.newGraph();
        TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
        TF_Status status = TF_Status.newStatus();
        TF_Session session = TF_Session.newSession(graph, options, status)) {
      status.throwExceptionIfNotOK();
      TF_DeviceList devices = tensorflow.TF_SessionListDevices(session, status);
      try {
        status.throwExceptionIfNotOK();
        for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
          try (BytePointer name = tensorflow.TF_DeviceListName(devices, i, status)) {
            status.throwExceptionIfNotOK();
            names.add(name.getString());
          }
        }
      } finally {
        tensorflow.TF_DeleteDeviceList(devices);
      }
    }
    return names;
  }
}
