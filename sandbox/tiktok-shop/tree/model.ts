/** A required or optional property of products of a leaf. */
export interface AttributeRule {
  id: string;
  name: string;
  isRequired: boolean;
  isCustomizable: boolean;
  isMultiple: boolean;
  format?: "POSITIVE_INT_OR_DECIMAL";
  values: { id: string; name: string }[];
  /** Required when another attribute has this value. */
  requiredWhen?: { attributeId: string; valueId: string };
}

export interface CertificateRule {
  id: string;
  name: string;
  details: string;
}

export interface CategoryNode {
  id: string;
  parentId: string;
  name: string;
  isLeaf: boolean;
  permission: "AVAILABLE" | "INVITE_ONLY" | "PROHIBITED";
  /** Words beside the name by which a recommendation finds the leaf. */
  keywords: string[];
  attributes: AttributeRule[];
  certificates: CertificateRule[];
  needsDimensions: boolean;
}

export interface LeafPlan {
  name: string;
  keywords?: string[];
  attributes?: AttributeRule[];
  certificates?: CertificateRule[];
  permission?: CategoryNode["permission"];
  needsDimensions?: boolean;
}
export interface BranchPlan {
  name: string;
  children: (BranchPlan | LeafPlan)[];
}
