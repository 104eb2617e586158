import {
  Box3,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  PerspectiveCamera,
  Scene,
  Sphere,
  Spherical,
  Vector3,
  WebGLRenderer,
  type Object3D,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";

/** A model on its stage: it can be turned, and is drawn only when something changed. */
export interface StageScene {
  /** Turns by these angles, in radians. */
  readonly turn: (sideways: number, upwards: number) => void;
  /** Nearer with a factor below 1. */
  readonly near: (factor: number) => void;
  readonly reset: () => void;
  readonly setWireframe: (on: boolean) => void;
  readonly close: () => void;
}

/**
 * Puts a model on a stage inside of an element.
 * @throws when this computer draws nothing in three dimensions
 */
export function openStage(box: HTMLElement, object: Object3D): StageScene {
  const renderer = new WebGLRenderer({ antialias: true, alpha: true });
  const { domElement: canvas } = renderer;
  box.append(canvas);
  const scene = new Scene();
  const camera = new PerspectiveCamera(40, 1, 0.01, 1000);
  const lamp = new DirectionalLight(0xffffff, 2.6);
  lamp.position.set(-1.2, 1.6, 0.9);
  camera.add(lamp);
  scene.add(object, camera, new HemisphereLight(0xffffff, 0x6b6153, 1.1));

  // Every model is as large as every other, whatever it is measured in.
  const extent = new Box3()
    .setFromObject(object)
    .getBoundingSphere(new Sphere());
  const size = extent.radius > 0 ? 1 / extent.radius : 1;
  object.scale.multiplyScalar(size);
  object.position.sub(extent.center.multiplyScalar(size));

  const controls = new OrbitControls(camera, canvas);
  controls.minDistance = 0.2;
  controls.maxDistance = 30;
  let frame = 0;
  const draw = () => {
    frame = 0;
    renderer.render(scene, camera);
  };
  const drawSoon = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  controls.addEventListener("change", drawSoon);
  const reset = () => {
    // Further away where the stage is narrow, so that all of it is seen.
    const far = Math.max(1, box.clientHeight / Math.max(1, box.clientWidth));
    camera.position.set(1.8, 1.4, 2.4).multiplyScalar(far);
    controls.target.set(0, 0, 0);
    controls.update();
    drawSoon();
  };
  const move = (change: (offset: Spherical) => void) => {
    const offset = new Vector3().subVectors(camera.position, controls.target);
    const spherical = new Spherical().setFromVector3(offset);
    change(spherical);
    spherical.makeSafe();
    camera.position
      .copy(controls.target)
      .add(offset.setFromSpherical(spherical));
    controls.update();
    drawSoon();
  };
  const observer = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = box;
    renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    renderer.setSize(clientWidth, clientHeight);
    camera.aspect = clientWidth / Math.max(1, clientHeight);
    camera.updateProjectionMatrix();
    draw();
  });
  observer.observe(box);
  reset();
  return {
    turn: (sideways, upwards) =>
      move((offset) => {
        offset.theta -= sideways;
        offset.phi -= upwards;
      }),
    near: (factor) =>
      move((offset) => {
        offset.radius = Math.min(30, Math.max(0.2, offset.radius * factor));
      }),
    reset,
    setWireframe: (on) => {
      eachMaterial(object, (material) => {
        if ("wireframe" in material) material.wireframe = on;
      });
      drawSoon();
    },
    close: () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      controls.dispose();
      object.traverse((part) => {
        const shape: unknown = part instanceof Mesh ? part.geometry : null;
        if (isSkin(shape)) shape.dispose();
      });
      eachMaterial(object, (material) => material.dispose());
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}

interface Skin {
  wireframe?: unknown;
  dispose(): void;
}

function isSkin(value: unknown): value is Skin {
  return typeof value === "object" && value !== null && "dispose" in value;
}

function eachMaterial(object: Object3D, act: (material: Skin) => void): void {
  object.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const skins: unknown = part.material;
    for (const skin of Array.isArray(skins) ? skins : [skins])
      if (isSkin(skin)) act(skin);
  });
}
