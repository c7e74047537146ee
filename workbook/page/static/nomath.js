// JupyterLab's front end fetches MathJax from an external host unless given another URL. None of our pages
// contains formulas, so this file replaces it and does nothing.
window.MathJax = { Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } } };
