// JupyterLab's front end fetches MathJax from a host elsewhere unless told of another address. No page of ours
// holds formulas, so this stands there and does nothing.
window.MathJax = { Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } } };
