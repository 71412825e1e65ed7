//! The strategic-merge patch that has the environment controller's Deployment
//! run as the plan's service account, for `kubectl patch --patch-file`.

use serde_json::json;

use super::super::Plan;

pub(super) fn render(plan: &Plan) -> (String, Vec<String>) {
    let Some(name) = &plan.controller.service_account_name else {
        // An empty patch is a valid one, so that what applies it needs no exception.
        let note = "no service account is set in `directOptions.workloadIdentityServiceAccount`, so \
                    the patch changes nothing: the controller runs as it is deployed";
        return ("{}\n".to_owned(), vec![note.to_owned()]);
    };
    let patch = json!({
        "spec": { "template": { "spec": { "serviceAccountName": name } } }
    });
    (super::yaml(&patch), Vec::new())
}
