import type { OperationContract } from "./shape.ts";

/** Picture upload; the body is multipart and not described here. */
export const picturesContract: OperationContract[] = [
  {
    operation: "uploadProductImage",
    method: "POST",
    path: "/product/202309/images/upload",
    scope: "seller.product.basic",
    answer: { height: "int", uri: "text", url: "text", use_case: "text", width: "int" },
  },
];
