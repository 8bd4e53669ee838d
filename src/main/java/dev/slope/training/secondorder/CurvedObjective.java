package dev.slope.training.secondorder;

import java.util.List;

/** One with second derivatives too. */
public interface CurvedObjective extends Objective {

  /** Value, gradient and Hessian. */
  Curvature curvature(double[] parameters);

  /**
   * Says what is collinear in the data, one line each, for the user.
   *
   * @param hessian at any parameters
   */
  List<String> collinear(SymmetricMatrix hessian);

  /**
   * All derivatives at one point.
   *
   * @param hessian positive semidefinite: the second derivative, or its expectation
   */
  record Curvature(Evaluation evaluation, SymmetricMatrix hessian) {}
}
