package dev.slope.training;

import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** Where a training runs. */
record Device(boolean isGpu, int index) {
  static final Device CPU = new Device(false, 0);

  static Device gpu(int index) {
    return new Device(true, index);
  }

  /** Its name for the user: {@code cpu} or {@code gpu:N}. */
  String label() {
    return isGpu ? "gpu:" + index : "cpu";
  }

  /** Where its ops are placed. */
  DeviceSpec placement() {
    return DeviceSpec.newBuilder()
        .deviceType(isGpu ? DeviceSpec.DeviceType.GPU : DeviceSpec.DeviceType.CPU)
        .deviceIndex(index)
        .build();
  }

  /**
   * The session's configuration: ops without a kernel on the GPU go to the CPU, a GPU's memory is
   * taken as needed, and a training on the CPU doesn't start one.
   */
  ConfigProto session() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder().setAllowSoftPlacement(true).setGraphOptions(asBuilt());
    if (isGpu) {
      config.setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    } else {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  /**
   * The configuration of a session whose ops are small and follow one another: the thread that
   * calls runs them itself, for handing each to another costs more than it takes.
   */
  ConfigProto sessionOfSmallOps() {
    return session().toBuilder().setInterOpParallelismThreads(-1).build();
  }

  /**
   * Runs graphs as they were built. XLA optimizes the loop by itself; rewriting the few ops around
   * it takes longer than they ever run.
   */
  private static GraphOptions asBuilt() {
    return GraphOptions.newBuilder()
        .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true))
        .build();
  }
}
