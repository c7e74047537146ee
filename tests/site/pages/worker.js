// Python in a worker, and two things to ask it.
import { addLater, openFiles, startPython } from "./start.js";

let python, files;
onmessage = async ({ data }) => {
  try {
    if (data.do === "start") {
      files = await openFiles(data.list, data.base);
      const started = performance.now();
      python = await startPython(files, { heard: (...bytes) => postMessage({ heard: bytes }) });
      python.globals.set("seconds", (performance.now() - started) / 1000);
      return postMessage({ ready: true });
    }
    if (data.do === "later") await addLater(python, files, data.use);
    postMessage({ id: data.id, value: data.do === "run" ? python.runPython(data.code) : true });
  } catch (error) {
    postMessage({ id: data.id, trouble: String(error) });
  }
};
