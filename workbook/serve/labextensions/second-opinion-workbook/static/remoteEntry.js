// "See as client" in JupyterLab: a button above each notebook. Written by hand as the container that JupyterLab loads,
// so that nothing is compiled: `init` gets the packages that JupyterLab shares, `get` returns the plugin.
(() => {
  const NAME = "second-opinion-workbook", COMMAND = `${NAME}:see-as-client`, WORDS = "See as client";
  const ABOUT = "Save this notebook and open its page as the client sees it, with the workbook chosen here";
  let shared = {};

  const use = async (name) => {
    const [newest] = Object.values(shared[name] || {}).reverse();
    if (!newest) throw new Error(`JupyterLab does not share ${name}`);
    return (await newest.get())();
  };

  const plugin = ({ ICommandPalette, ToolbarButton }, { INotebookTracker }, { PageConfig, URLExt }) => ({
    id: `${NAME}:plugin`,
    description: ABOUT,
    autoStart: true,
    requires: [INotebookTracker],
    optional: [ICommandPalette],
    activate: (app, notebooks, palette) => {
      const see = async (panel) => {
        const page = window.open("", "_blank"); // at once: after a wait, the browser would block it
        if (!page) return;
        try {
          if (panel.context.model.dirty) await panel.context.save();
          const path = URLExt.encodeParts(panel.context.path);
          page.location.href = URLExt.join(PageConfig.getBaseUrl(), "workbook/as-client", path);
        } catch {
          page.close(); // JupyterLab says itself why it could not save
        }
      };
      app.commands.addCommand(COMMAND, {
        label: WORDS,
        caption: ABOUT,
        isEnabled: () => !!notebooks.currentWidget,
        execute: () => notebooks.currentWidget && see(notebooks.currentWidget),
      });
      palette?.addItem({ command: COMMAND, category: "Notebook Operations" });
      const add = (panel) => panel.toolbar.insertBefore("spacer", "see-as-client",
        new ToolbarButton({ label: WORDS, tooltip: ABOUT, onClick: () => see(panel) }));
      notebooks.forEach(add);
      notebooks.widgetAdded.connect((_, panel) => add(panel));
    },
  });

  (window._JUPYTERLAB ||= {})[NAME] = {
    init: (scope) => { shared = scope; },
    get: async (module) => {
      if (module !== "./extension") throw new Error(`There is no ${module} in ${NAME}`);
      const made = plugin(await use("@jupyterlab/apputils"), await use("@jupyterlab/notebook"), await use("@jupyterlab/coreutils"));
      return () => ({ __esModule: true, default: made });
    },
  };
})();
